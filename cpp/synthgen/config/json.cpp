#include "synthgen/config/json.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace synthgen {
namespace {

/// Values are written recursively: a bound keeps a hostile text from exhausting the stack.
constexpr std::size_t deepest_nesting = 64;

/// The line and column of a byte.
TextPlace place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line_breaks = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;
  return {static_cast<std::uint64_t>(line_breaks) + 1, before.size() - line_start + 1};
}

/// Builds a value from the parser's events, in time and memory in proportion to the text: the
/// library's own builder looks through the members before each new one.
class ValueBuilder final : public nlohmann::json_sax<Json> {
 public:
  Json take() { return std::move(root_); }
  bool is_too_deep() const noexcept { return too_deep_; }
  /// The first key that an object has twice; empty if there is none.
  const std::string& doubled() const noexcept { return doubled_; }
  /// Why the text is no JSON, and at which byte, if that is known.
  const std::string& reason() const noexcept { return reason_; }
  std::optional<std::size_t> error_byte() const noexcept { return error_byte_; }

  bool null() override { return add(nullptr) != nullptr; }
  bool boolean(bool value) override { return add(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
  bool number_float(number_float_t value, const string_t&) override {
    return add(value) != nullptr;
  }
  bool string(string_t& value) override { return add(std::move(value)) != nullptr; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return open(Json::object());
  }
  bool key(string_t& key) override {
    if (doubled_.empty() && !keys_.back().insert(key).second) doubled_ = key;
    key_ = std::move(key);
    return true;
  }
  bool end_object() override {
    keys_.pop_back();
    return close();
  }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int number_overflow = 406;
    reason_ = parse_error_reason(error.what());
    if (error.id != number_overflow) error_byte_ = byte;
    return false;
  }

 private:
  /// Adds a value where the text has it; null if that is too deep.
  Json* add(Json value) {
    too_deep_ = too_deep_ || open_.size() > deepest_nesting;
    if (too_deep_) return nullptr;
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (auto* const list = open_.back()->get_ptr<Json::array_t*>()) {
      return &list->emplace_back(std::move(value));
    }
    auto* const object = open_.back()->get_ptr<Json::object_t*>();
    return &object->emplace_back(std::move(key_), std::move(value)).second;
  }
  bool open(Json container) {
    Json* const added = add(std::move(container));
    open_.push_back(added);
    return added != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;  ///< the containers that the next value is in, the innermost last
  std::vector<std::set<std::string>> keys_;  ///< of the open objects
  std::string key_;
  std::string doubled_;
  bool too_deep_ = false;
  std::string reason_;
  std::optional<std::size_t> error_byte_;
};

}  // namespace

std::string parse_error_reason(std::string_view what) {
  constexpr std::size_t longest = 120;
  const std::size_t place = what.find("parse error at");
  const std::size_t prefix = place == what.npos ? what.find("] ") : what.find(": ", place);
  if (prefix != what.npos) what.remove_prefix(prefix + 2);
  // The reason quotes the text, whose bytes may be no UTF-8, or are not where it is cut.
  std::string reason;
  for (const char c : what.substr(0, longest)) {
    reason += c >= ' ' && c <= '~' ? c : '?';
  }
  return reason;
}

Result<Json> parse_json(std::string_view text, std::string_view name) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == byte_order_mark) text.remove_prefix(3);
  if (text.find_first_not_of(" \t\r\n") == text.npos) {
    return fail(ErrorKind::usage, formatted("{}: is empty; allowed: a JSON value", name));
  }
  ValueBuilder builder;
  if (Json::sax_parse(text, &builder) && builder.doubled().empty()) return builder.take();
  if (builder.is_too_deep()) {
    return fail(ErrorKind::usage,
                formatted("{}: is nested more than {} deep", name, deepest_nesting));
  }
  if (builder.reason().empty()) {
    return fail(ErrorKind::usage,
                formatted("{}: key {} is given twice", name, to_text(Json(builder.doubled()))));
  }
  if (!builder.error_byte()) {
    return fail(ErrorKind::usage, formatted("{}: not JSON: {}", name, builder.reason()));
  }
  const std::size_t byte = *builder.error_byte();
  const TextPlace place = place_of(text, byte > 0 ? byte - 1 : 0);
  return tl::unexpected(
      Error{ErrorKind::usage,
            formatted("{}:{}:{}: not JSON: {}", name, place.line, place.column, builder.reason()),
            {},
            place});
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
