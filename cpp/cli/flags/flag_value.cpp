#include "flag_value.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace synthgen::cli {
namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// `text` without the underscores that stand between two digits, as in 1_000_000.
std::string without_separators(std::string_view text) {
  const auto is_digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separates = text[i] == '_' && i > 0 && is_digit(i - 1) && is_digit(i + 1);
    if (!separates) digits += text[i];
  }
  return digits;
}

/// What a unit after a number multiplies it by: thousand, million, (US) billion; 1 for no unit.
std::int64_t unit_factor(char last) {
  switch (last) {
    case 'k':
    case 'K':
      return 1000;
    case 'M':
      return 1'000'000;
    case 'G':
    case 'B':
      return 1'000'000'000;
    default:
      return 1;
  }
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Json list_from_text(std::string_view text) {
  Json list = Json::array();
  if (trimmed(text).empty()) return list;
  while (true) {
    const std::size_t comma = text.find(',');
    list.push_back(trimmed(text.substr(0, comma)));
    if (comma == text.npos) return list;
    text.remove_prefix(comma + 1);
  }
}

/// A JSON list or object, or the one in the file of that name.
Result<Json> json_from_text(const std::string& text) {
  const std::string_view value = trimmed(text);
  if (value.starts_with('[') || value.starts_with('{')) return parse_json(text, "the flag's value");
  const Result<std::string> content = read_file(text);
  if (!content) return tl::unexpected(content.error());
  return parse_json(*content, text);
}

}  // namespace

Json number_from_text(const std::string& text) {
  std::string digits = without_separators(text);
  const std::int64_t factor = digits.empty() ? 1 : unit_factor(digits.back());
  if (factor > 1) digits.pop_back();
  if (const auto integer = parsed<std::int64_t>(digits)) {
    if (factor == 1) return *integer;
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() / factor;
    return *integer >= -most && *integer <= most ? Json(*integer * factor) : Json(text);
  }
  const auto number = parsed<double>(digits);
  return number && std::isfinite(*number) ? Json(*number * static_cast<double>(factor))
                                          : Json(text);
}

Result<Json> value_from_text(const Parameter& parameter, const std::string& text) {
  if (parameter.type() == "word") return text;
  if (parameter.type() == "boolean") {
    return text == "true" ? Json(true) : text == "false" ? Json(false) : Json(text);
  }
  if (parameter.type() == "json") return json_from_text(text);
  if (parameter.type() != "words" && parameter.type() != "integers") return number_from_text(text);
  Json list = list_from_text(text);
  if (parameter.type() == "words") return list;
  for (Json& element : list) element = number_from_text(element.get<std::string>());
  return list;
}

std::string default_text(const Parameter& parameter) {
  const Json& value = parameter.default_value;
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null() || (value.is_array() && value.empty())) return {};
  if (!value.is_array()) return to_text(value);
  if (value.size() == parameter.choices.size()) return "all";
  return joined(value.get<std::vector<std::string>>(), ",");
}

std::string flag_name(std::string_view key) {
  std::string name = formatted("--{}", key);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

}  // namespace synthgen::cli
