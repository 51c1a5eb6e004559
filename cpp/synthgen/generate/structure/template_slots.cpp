#include "synthgen/generate/structure/template_slots.hpp"

#include "synthgen/config/formatted.hpp"

#include <cmath>
#include <map>
#include <optional>

namespace synthgen {
namespace {

constexpr const char* element_forms =
    "an id, \"RANDOM\", \"PATTERN\", {\"repeat\": n, \"of\": [...]}, {\"range\": [lo, hi]}, "
    "{\"name\": "
    "k, \"of\": element} or {\"ref\": k}";

/// Expands one template.
class Expansion {
 public:
  Expansion(std::int64_t vocab_size, Template& target, std::vector<Problem>& problems)
      : vocab_size_(vocab_size), target_(target), problems_(problems) {}

  void elements(const Json& list, const std::string& place) {
    if (!list.is_array() || list.empty()) {
      refuse(place, list, "a list of at least one element");
      return;
    }
    for (std::size_t i = 0; i < list.size() && !full_; ++i) {
      element(list[i], formatted("{}[{}]", place, i));
    }
  }

 private:
  void refuse(const std::string& place, const Json& value, std::string allowed) {
    constexpr std::size_t shown = 80;
    problems_.push_back({place, to_text(value).substr(0, shown), std::move(allowed)});
  }

  void element(const Json& value, const std::string& place) {
    if (value.is_number()) {
      if (const auto id = token_id(value, place)) add({TemplateSlot::Kind::token, {*id, 1}}, place);
    } else if (value == "RANDOM") {
      add({TemplateSlot::Kind::random}, place);
    } else if (value == "PATTERN") {
      target_.pattern_slots.push_back(static_cast<std::uint32_t>(target_.slots.size()));
      add({TemplateSlot::Kind::pattern}, place);
    } else if (has_keys(value, {"repeat", "of"})) {
      repeat(value, place);
    } else if (has_keys(value, {"range"})) {
      range(value["range"], place);
    } else if (has_keys(value, {"name", "of"})) {
      named(value, place);
    } else if (has_keys(value, {"ref"})) {
      reference(value["ref"], place);
    } else {
      refuse(place, value, element_forms);
    }
  }

  static bool has_keys(const Json& value, std::initializer_list<const char*> keys) {
    if (!value.is_object() || value.size() != keys.size()) return false;
    for (const char* key : keys) {
      if (!value.contains(key)) return false;
    }
    return true;
  }

  std::optional<std::uint32_t> token_id(const Json& value, const std::string& place) {
    if (value.is_number_integer() && value.get<std::int64_t>() >= 0 &&
        value.get<std::int64_t>() < vocab_size_) {
      return value.get<std::uint32_t>();
    }
    refuse(place, value, formatted("an id from 0 to {}", vocab_size_ - 1));
    return std::nullopt;
  }

  void add(const TemplateSlot& slot, const std::string& place) {
    if (target_.slots.size() == max_template_slots) {
      full_ = true;
      problems_.push_back(
          {place, {}, formatted("at most {} tokens in an expanded template", max_template_slots)});
      return;
    }
    target_.slots.push_back(slot);
  }

  void repeat(const Json& value, const std::string& place) {
    const Json& times = value["repeat"];
    if (!times.is_number_integer() || times.get<std::int64_t>() < 1) {
      refuse(place + ".repeat", times, "an integer from 1 up");
      return;
    }
    const std::size_t problems_before = problems_.size();
    for (std::int64_t i = 0; i < times.get<std::int64_t>() && !full_; ++i) {
      elements(value["of"], place + ".of");
      if (problems_.size() > problems_before) return;
    }
  }

  void range(const Json& bounds, const std::string& place) {
    if (!bounds.is_array() || bounds.size() != 2) {
      refuse(place + ".range", bounds, "[lo, hi]");
      return;
    }
    const auto low = token_id(bounds[0], place + ".range[0]");
    const auto high = token_id(bounds[1], place + ".range[1]");
    if (!low || !high) return;
    if (*low > *high) {
      refuse(place + ".range", bounds, "lo at most hi");
      return;
    }
    add({TemplateSlot::Kind::range, {*low, *high - *low + 1}}, place);
  }

  void named(const Json& value, const std::string& place) {
    const std::size_t slot = target_.slots.size();
    if (!value["name"].is_string()) {
      refuse(place + ".name", value["name"], "a string");
      return;
    }
    element(value["of"], place + ".of");
    if (target_.slots.size() == slot + 1) {
      names_[value["name"].get<std::string>()] = static_cast<std::uint32_t>(slot);
    } else if (target_.slots.size() > slot) {
      refuse(place + ".of", value["of"], "an element that makes one token");
    }
  }

  void reference(const Json& name, const std::string& place) {
    const auto found = name.is_string() ? names_.find(name.get<std::string>()) : names_.end();
    if (found == names_.end()) {
      refuse(place + ".ref", name, "a name that was given earlier in the template");
      return;
    }
    add({TemplateSlot::Kind::copy, {}, found->second}, place);
  }

  std::int64_t vocab_size_;
  Template& target_;
  std::vector<Problem>& problems_;
  std::map<std::string, std::uint32_t> names_;
  bool full_ = false;
};

}  // namespace

std::vector<Template> read_templates(const Json& list, std::int64_t vocab_size,
                                     std::vector<Problem>& problems) {
  std::vector<Template> templates;
  if (!list.is_array() || list.empty()) {
    problems.push_back({"templates", list.is_null() ? std::string() : to_text(list).substr(0, 80),
                        "a list of at least one template"});
    return templates;
  }
  bool possible = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = formatted("templates[{}]", i);
    Template& target = templates.emplace_back();
    Expansion expansion(vocab_size, target, problems);
    if (!list[i].is_object()) {
      expansion.elements(list[i], place);
      possible = true;
      continue;
    }
    for (const auto& [key, value] : list[i].items()) {
      if (key != "weight" && key != "elements") {
        problems.push_back({place + '.' + key, {}, "only the keys weight and elements"});
      }
    }
    const Json weight = list[i].value("weight", Json(1.0));
    target.weight = weight.is_number() ? weight.get<double>() : -1;
    if (!(target.weight >= 0) || std::isinf(target.weight)) {
      problems.push_back({place + ".weight", to_text(weight), "a number from 0 up"});
    }
    possible = possible || target.weight != 0;
    expansion.elements(list[i].value("elements", Json()), place + ".elements");
  }
  if (!possible) {
    problems.push_back({"templates", "weights that are all 0", "at least one weight above 0"});
  }
  return templates;
}

}  // namespace synthgen
