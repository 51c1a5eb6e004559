#include "synthgen/config/json.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace synthgen {
namespace {

/// Values are written recursively: a bound keeps a hostile text from exhausting the stack.
constexpr int deepest_nesting = 64;

/// The line and column of a byte.
TextPlace place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line_breaks = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;
  return {static_cast<std::uint64_t>(line_breaks) + 1, before.size() - line_start + 1};
}

}  // namespace

std::string parse_error_reason(std::string_view what) {
  constexpr std::size_t longest = 120;
  const std::size_t place = what.find("parse error at");
  const std::size_t prefix = place == what.npos ? what.find("] ") : what.find(": ", place);
  if (prefix != what.npos) what.remove_prefix(prefix + 2);
  return std::string(what.substr(0, longest));
}

Result<Json> parse_json(std::string_view text, std::string_view name) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == byte_order_mark) text.remove_prefix(3);
  if (text.find_first_not_of(" \t\r\n") == text.npos) {
    return fail(ErrorKind::usage, formatted("{}: is empty; allowed: a JSON value", name));
  }
  std::vector<std::set<std::string>> keys_of_open_objects;
  std::string doubled;
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    too_deep = too_deep || depth > deepest_nesting;
    if (event == Json::parse_event_t::object_start) keys_of_open_objects.emplace_back();
    if (event == Json::parse_event_t::object_end) keys_of_open_objects.pop_back();
    if (event == Json::parse_event_t::key && doubled.empty() &&
        !keys_of_open_objects.back().insert(parsed.get<std::string>()).second) {
      doubled = parsed.get<std::string>();
    }
    return !too_deep;
  };
  try {
    Json value = Json::parse(text, watch);
    if (too_deep) {
      return fail(ErrorKind::usage,
                  formatted("{}: is nested more than {} deep", name, deepest_nesting));
    }
    if (!doubled.empty()) {
      return fail(ErrorKind::usage,
                  formatted("{}: key {} is given twice", name, to_text(Json(doubled))));
    }
    return value;
  } catch (const Json::parse_error& error) {
    const std::size_t byte = error.byte > 0 ? error.byte - 1 : 0;
    const TextPlace place = place_of(text, byte);
    return tl::unexpected(Error{ErrorKind::usage,
                                formatted("{}:{}:{}: not JSON: {}", name, place.line, place.column,
                                          parse_error_reason(error.what())),
                                {},
                                place});
  } catch (const Json::exception& error) {
    return fail(ErrorKind::usage,
                formatted("{}: not JSON: {}", name, parse_error_reason(error.what())));
  }
}

std::string quoted_start(std::string_view text) {
  constexpr std::size_t shown = 40;
  if (text.size() <= shown) return to_text(Json(text));
  return to_text(Json(formatted("{}…", text.substr(0, shown))));
}

std::optional<std::int64_t> whole_number(const Json& value) {
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_number_float()) return std::nullopt;
  const double number = value.get<double>();
  constexpr double exact_up_to = 9007199254740992.0;  // 2^53
  if (std::floor(number) != number || std::fabs(number) > exact_up_to) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

Json to_json(const Error& error) {
  constexpr std::array kinds{"data", "usage", "io", "cancelled"};
  Json problems = Json::array();
  for (const Problem& problem : error.problems) {
    Json entry = Json::object();
    entry["key"] = problem.key;
    entry["value"] = problem.value;
    entry["allowed"] = problem.allowed;
    problems.push_back(std::move(entry));
  }
  Json described = Json::object();
  described["kind"] = kinds[static_cast<std::size_t>(error.kind)];
  described["message"] = error.message;
  described["problems"] = std::move(problems);
  return described;
}

}  // namespace synthgen
