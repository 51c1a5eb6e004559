#include "synthgen/generate/structure/template_slots.hpp"

#include "synthgen/config/formatted.hpp"

#include <map>
#include <string>

namespace synthgen {
namespace {

constexpr const char* element_forms =
    "an id, \"RANDOM\", \"PATTERN\", {\"repeat\": n, \"of\": [...]}, {\"range\": [lo, hi]}, "
    "{\"name\": k, \"of\": element} or {\"ref\": k}";

/// Expands one template, or only counts its slots where `target` is null.
class Expansion {
 public:
  Expansion(std::int64_t vocab_size, Template* target)
      : largest_id_(vocab_size - 1), target_(target) {}

  std::uint64_t slots() const noexcept { return slots_; }

  /// False once something was wrong.
  bool elements(const JsonField& list) {
    const auto expand = [&](const JsonField& field) { element(field); };
    good_ = list.each(expand, "a list of at least one element", 1) && good_;
    return good_;
  }

 private:
  void element(const JsonField& field) {
    const Json& value = field.value();
    if (full_) return;
    if (value.is_number()) {
      std::uint32_t id = 0;
      if (good(field.integer(id, 0, largest_id_))) add({TemplateSlot::Kind::token, {id, 1}}, field);
    } else if (value == "RANDOM") {
      add({TemplateSlot::Kind::random}, field);
    } else if (value == "PATTERN") {
      if (target_ != nullptr) {
        target_->pattern_slots.push_back(static_cast<std::uint32_t>(slots_));
      }
      add({TemplateSlot::Kind::pattern}, field);
    } else if (has_keys(value, {"repeat", "of"})) {
      repeat(field);
    } else if (has_keys(value, {"range"})) {
      range(field);
    } else if (has_keys(value, {"name", "of"})) {
      named(field);
    } else if (has_keys(value, {"ref"})) {
      reference(field);
    } else {
      good(field.refuse(element_forms));
    }
  }

  /// Remembers a failure; returns whether this was none.
  bool good(bool succeeded) {
    good_ = good_ && succeeded;
    return succeeded;
  }

  static bool has_keys(const Json& value, std::initializer_list<const char*> keys) {
    if (!value.is_object() || value.size() != keys.size()) return false;
    for (const char* key : keys) {
      if (!value.contains(key)) return false;
    }
    return true;
  }

  void add(const TemplateSlot& slot, const JsonField& field) {
    if (slots_ == max_template_slots) return refuse_size(field);
    ++slots_;
    if (target_ != nullptr) target_->slots.push_back(slot);
  }

  void refuse_size(const JsonField& field) {
    full_ = true;
    good(field.refuse(formatted("at most {} tokens in an expanded template", max_template_slots)));
  }

  void repeat(const JsonField& field) {
    JsonObject object = field.object();
    const JsonField list = object.required("of");
    std::int64_t times = 0;
    if (!good(object.required("repeat").integer(times, 1))) return;
    const std::uint64_t before = slots_;
    if (target_ != nullptr) {
      for (std::int64_t i = 0; i < times && !full_; ++i) {
        if (!elements(list)) return;
      }
    } else if (elements(list) && !full_) {  // once is as good as any number of times
      const std::uint64_t each = slots_ - before;
      const std::uint64_t room = (max_template_slots - before) / each;
      if (static_cast<std::uint64_t>(times) > room) return refuse_size(field);
      slots_ = before + each * static_cast<std::uint64_t>(times);
    }
  }

  void range(const JsonField& field) {
    JsonObject object = field.object();
    const JsonField bounds = object.required("range");
    std::vector<std::uint32_t> ids;
    const auto read = [&](const JsonField& bound) {
      std::uint32_t id = 0;
      if (good(bound.integer(id, 0, largest_id_))) ids.push_back(id);
    };
    if (bounds.value().size() != 2 || !bounds.value().is_array()) {
      good(bounds.refuse("[lo, hi]"));
    } else if (bounds.each(read); ids.size() == 2 && good(ids[0] <= ids[1])) {
      add({TemplateSlot::Kind::range, {ids[0], ids[1] - ids[0] + 1}}, field);
    } else if (ids.size() == 2) {
      bounds.refuse("lo at most hi");
    }
  }

  void named(const JsonField& field) {
    JsonObject object = field.object();
    const std::uint64_t slot = slots_;
    std::string name;
    if (!good(object.required("name").string(name))) return;
    const JsonField of = object.required("of");
    element(of);
    if (slots_ == slot + 1) {
      names_[name] = static_cast<std::uint32_t>(slot);
    } else if (slots_ > slot) {
      good(of.refuse("an element that makes one token"));
    }
  }

  void reference(const JsonField& field) {
    JsonObject object = field.object();
    const JsonField ref = object.required("ref");
    const Json& name = ref.value();
    const auto found = name.is_string() ? names_.find(name.get<std::string>()) : names_.end();
    if (good(found != names_.end())) {
      add({TemplateSlot::Kind::copy, {}, found->second}, field);
    } else {
      ref.refuse("a name that was given earlier in the template");
    }
  }

  std::int64_t largest_id_;
  Template* target_;
  std::uint64_t slots_ = 0;
  std::map<std::string, std::uint32_t> names_;
  bool full_ = false;
  bool good_ = true;
};

/// Reads the list; `target` gets a template for each, or is null.
std::uint64_t read_list(const JsonField& list, std::int64_t vocab_size,
                        std::vector<Template>* targets) {
  std::uint64_t slots = 0;
  bool possible = false;
  const auto read = [&](const JsonField& field) {
    Template counted_only;
    Template& target = targets == nullptr ? counted_only : targets->emplace_back();
    Expansion expansion(vocab_size, targets == nullptr ? nullptr : &target);
    if (field.value().is_object()) {
      JsonObject object = field.object();
      object.optional("weight").number(target.weight, 0);
      expansion.elements(object.required("elements"));
      object.refuse_unknown();
    } else {
      expansion.elements(field);
    }
    possible = possible || target.weight != 0;
    slots += expansion.slots();
  };
  if (list.each(read, "a list of at least one template", 1) && !possible) {
    list.refuse("at least one weight above 0");
  }
  return slots;
}

}  // namespace

std::uint64_t count_template_slots(const JsonField& list, std::int64_t vocab_size) {
  return read_list(list, vocab_size, nullptr);
}

std::vector<Template> expand_templates(const Json& list, std::int64_t vocab_size) {
  std::vector<Template> templates;
  std::vector<Problem> none;  // it was checked
  read_list(JsonField(list, "templates", none), vocab_size, &templates);
  return templates;
}

}  // namespace synthgen
