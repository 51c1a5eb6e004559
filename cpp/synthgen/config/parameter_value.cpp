#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace synthgen {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string shown(const Json& value) {
  constexpr std::size_t longest = 80;
  std::string text = to_text(value);
  if (text.size() > longest) text = text.substr(0, longest) + "…";
  return text;
}

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

/// ", did you mean repetition?" for a word close to a choice.
std::string suggestion(const Parameter& parameter, const Json& value) {
  if (!value.is_string()) return {};
  std::vector<std::string_view> names;
  for (const Choice& choice : parameter.choices) names.push_back(choice.name);
  const std::string near = nearest(value.get_ref<const std::string&>(), names);
  return near.empty() ? std::string() : formatted(" (did you mean {}?)", near);
}

}  // namespace

std::string_view Parameter::type() const {
  constexpr std::array<std::string_view, 6> names{"integer", "number",   "word",
                                                  "words",   "integers", "json"};
  return names[member.index()];
}

std::string Parameter::allowed() const {
  std::string list;
  for (const Choice& choice : choices) {
    list += formatted("{}{}", list.empty() ? "" : ", ", choice.name);
  }
  return std::visit(
      Overloaded{
          [&](std::int64_t Config::*) {
            return formatted("an integer from {} to {}", static_cast<std::int64_t>(minimum),
                             static_cast<std::int64_t>(maximum));
          },
          [&](double Config::*) { return formatted("a number from {} to {}", minimum, maximum); },
          [&](std::string Config::*) { return "one of " + list; },
          [&](std::vector<std::string> Config::*) { return "a list without doubles of " + list; },
          [&](std::vector<std::int64_t> Config::*) {
            return formatted("a list without doubles of integers from {} to {}",
                             static_cast<std::int64_t>(minimum),
                             static_cast<std::int64_t>(maximum));
          },
          [&](Json Config::*) { return std::string("a JSON list or object"); },
      },
      member);
}

Json Parameter::get(const Config& config) const {
  return std::visit([&](auto pointer) { return Json(config.*pointer); }, member);
}

std::vector<Problem> Parameter::set(Config& config, const Json& value) const {
  const auto refuse = [&](std::string extra = {}) {
    return std::vector{Problem{std::string(key), shown(value), allowed() + extra}};
  };
  const auto in_range = [&](std::int64_t number) {
    return number >= static_cast<std::int64_t>(minimum) &&
           number <= static_cast<std::int64_t>(maximum);
  };
  const auto store = Overloaded{
      [&](std::int64_t Config::*pointer) -> std::vector<Problem> {
        const auto number = whole_number(value);
        if (!number || !in_range(*number)) return refuse();
        config.*pointer = *number;
        return {};
      },
      [&](double Config::*pointer) -> std::vector<Problem> {
        if (!value.is_number()) return refuse();
        const double number = value.get<double>();
        if (!(number >= minimum && number <= maximum)) return refuse();
        config.*pointer = number + 0.0;  // −0 becomes 0
        return {};
      },
      [&](std::string Config::*pointer) -> std::vector<Problem> {
        const auto word = chosen(*this, value);
        if (!word) return refuse(suggestion(*this, value));
        config.*pointer = *word;
        return {};
      },
      [&](std::vector<std::string> Config::*pointer) -> std::vector<Problem> {
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
        return {};
      },
      [&](std::vector<std::int64_t> Config::*pointer) -> std::vector<Problem> {
        if (!value.is_array()) return refuse();
        std::vector<std::int64_t> numbers;
        for (const Json& element : value) {
          const auto number = whole_number(element);
          if (!number || !in_range(*number) ||
              std::find(numbers.begin(), numbers.end(), *number) != numbers.end()) {
            return refuse();
          }
          numbers.push_back(*number);
        }
        config.*pointer = std::move(numbers);
        return {};
      },
      [&](Json Config::*pointer) -> std::vector<Problem> {
        if (!value.is_structured()) return refuse();
        config.*pointer = value;
        return {};
      },
  };
  std::vector<Problem> problems = std::visit(store, member);
  if (problems.empty()) config.given.insert(std::string(key));
  return problems;
}

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  const auto distance = [&](std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < word.size(); ++i) {
      std::size_t diagonal = row[0]++;
      for (std::size_t j = 0; j < other.size(); ++j) {
        const std::size_t substituted = diagonal + (word[i] == other[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
      }
    }
    return row.back();
  };
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t d = distance(candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return std::string(best);
}

}  // namespace synthgen
