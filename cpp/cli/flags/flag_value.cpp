#include "flag_value.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
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
  if (const auto integer = parsed<std::int64_t>(text)) return *integer;
  const auto number = parsed<double>(text);
  return number && std::isfinite(*number) ? Json(*number) : Json(text);
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
