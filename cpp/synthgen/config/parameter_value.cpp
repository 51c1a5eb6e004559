#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace synthgen {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::optional<std::string> chosen(const Parameter& parameter, const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto word = value.get<std::string>();
  if (parameter.choices.empty()) return word;
  for (const Choice& choice : parameter.choices) {
    if (word == choice.name || (!choice.short_name.empty() && word == choice.short_name)) {
      return std::string(choice.name);
    }
  }
  return std::nullopt;
}

/// The choices' names.
std::vector<std::string_view> names_of(const Parameter& parameter) {
  std::vector<std::string_view> names;
  for (const Choice& choice : parameter.choices) names.push_back(choice.name);
  return names;
}

/// The choice that was probably meant, as a hint to append.
std::string suggestion(const Parameter& parameter, const Json& value) {
  if (!value.is_string()) return {};
  return did_you_mean(value.get_ref<const std::string&>(), names_of(parameter));
}

}  // namespace

std::string_view Parameter::type() const {
  constexpr std::array<std::string_view, 7> names{"integer",  "number", "word",   "words",
                                                  "integers", "json",   "boolean"};
  return names[member.index()];
}

std::string Parameter::allowed() const {
  const std::string list = joined(names_of(*this), ", ");
  return std::visit(
      Overloaded{
          [&](std::int64_t Config::*) {
            return formatted("an integer from {} to {}", static_cast<std::int64_t>(minimum),
                             static_cast<std::int64_t>(maximum));
          },
          [&](double Config::*) { return formatted("a number from {} to {}", minimum, maximum); },
          [&](std::string Config::*) { return "one of " + list; },
          [&](std::vector<std::string> Config::*) {
            return "a list of distinct values from: " + list;
          },
          [&](std::vector<std::int64_t> Config::*) {
            return formatted("a list of distinct integers from {} to {}",
                             static_cast<std::int64_t>(minimum),
                             static_cast<std::int64_t>(maximum));
          },
          [&](Json Config::*) { return std::string("a JSON list or object"); },
          [&](bool Config::*) { return std::string("true or false"); },
      },
      member);
}

Json Parameter::get(const Config& config) const {
  return std::visit([&](auto pointer) { return Json(config.*pointer); }, member);
}

std::vector<Problem> Parameter::set(Config& config, const Json& value) const {
  std::vector<Problem> problems;
  set(config, JsonField(value, key, problems));
  return problems;
}

bool Parameter::set(Config& config, const JsonField& field) const {
  const Json& value = field.value();
  const auto refuse = [&](const std::string& hint = {}) { return field.refuse(allowed() + hint); };
  const auto lowest = static_cast<std::int64_t>(minimum);
  const auto highest = static_cast<std::int64_t>(maximum);
  const auto store = Overloaded{
      [&](std::int64_t Config::*pointer) {
        return field.integer(config.*pointer, lowest, highest);
      },
      [&](double Config::*pointer) { return field.number(config.*pointer, minimum, maximum); },
      [&](std::string Config::*pointer) {
        const auto word = chosen(*this, value);
        if (!word) return refuse(suggestion(*this, value));
        config.*pointer = *word;
        return true;
      },
      [&](std::vector<std::string> Config::*pointer) {
        if (!value.is_array() || value.empty()) return refuse();
        std::vector<std::string> words;
        for (const Json& element : value) {
          const auto word = chosen(*this, element);
          if (!word || std::find(words.begin(), words.end(), *word) != words.end()) {
            return refuse(word ? std::string() : suggestion(*this, element));
          }
          words.push_back(*word);
        }
        config.*pointer = std::move(words);
        return true;
      },
      [&](std::vector<std::int64_t> Config::*pointer) {
        if (!value.is_array()) return refuse();
        std::vector<std::int64_t> numbers;
        std::set<std::int64_t> seen;
        for (const Json& element : value) {
          const auto number = whole_number(element);
          if (!number || *number < lowest || *number > highest || !seen.insert(*number).second) {
            return refuse();
          }
          numbers.push_back(*number);
        }
        config.*pointer = std::move(numbers);
        return true;
      },
      [&](Json Config::*pointer) {
        if (!value.is_structured()) return refuse();
        config.*pointer = value;
        return true;
      },
      [&](bool Config::*pointer) {
        if (!value.is_boolean()) return refuse();
        config.*pointer = value.get<bool>();
        return true;
      },
  };
  if (!std::visit(store, member)) return false;
  config.given.insert(std::string(key));
  return true;
}

}  // namespace synthgen
