#include "values.hpp"

#include "synthgen/config/formatted.hpp"

#include <cmath>
#include <cstdint>

namespace synthgen::wasm {
namespace {

/// Values are read recursively: a bound keeps hostile ones from exhausting the stack.
constexpr int deepest_nesting = 64;

Json json_of_number(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  constexpr double integers = 9223372036854775808.0;  // 2^63
  if (std::floor(number) != number || std::fabs(number) >= integers) return number;
  // As text would be read: what is not negative has no sign.
  const auto integer = static_cast<std::int64_t>(number);
  return integer < 0 ? Json(integer) : Json(static_cast<std::uint64_t>(integer));
}

/// Reads values until one is nested too deep.
class Reader {
 public:
  bool is_too_deep() const noexcept { return is_too_deep_; }

  Json read(const val& value, int depth = 0) {
    if (value.isTrue()) return true;
    if (value.isFalse()) return false;
    if (value.isNumber()) return json_of_number(value.as<double>());
    if (value.isString()) return value.as<std::string>();
    if (value.isNull() || value.typeOf().as<std::string>() != "object") return nullptr;
    is_too_deep_ = is_too_deep_ || depth == deepest_nesting;
    if (is_too_deep_) return nullptr;
    return value.isArray() ? array(value, depth + 1) : object(value, depth + 1);
  }

 private:
  Json array(const val& value, int depth) {
    Json list = Json::array();
    const auto size = value["length"].as<unsigned>();
    for (unsigned i = 0; i < size; ++i) list.push_back(read(value[i], depth));
    return list;
  }

  Json object(const val& value, int depth) {
    Json members = Json::object();
    // Keys of an object differ: no need to look for each among those before.
    auto& entries = members.get_ref<Json::object_t&>();
    const val keys = val::global("Object").call<val>("keys", value);
    const auto size = keys["length"].as<unsigned>();
    for (unsigned i = 0; i < size; ++i) {
      const val key = keys[i];
      const val member = value[key];
      if (!member.isUndefined()) entries.emplace_back(key.as<std::string>(), read(member, depth));
    }
    return members;
  }

  bool is_too_deep_ = false;
};

}  // namespace

val success(val value) {
  val result = val::object();
  result.set("value", std::move(value));
  return result;
}

val failure(const Error& error) {
  val result = val::object();
  result.set("error", value_of(to_json(error)));
  return result;
}

val outcome(const Result<void>& result) {
  return result ? success(val::null()) : failure(result.error());
}

val out_of_memory() {
  return failure(
      {ErrorKind::usage,
       "not enough memory: the module has at most 2 GiB; ask for fewer sequences at once",
       {}});
}

Result<Json> json_of(const val& value, std::string_view name) {
  Reader reader;
  Json json = reader.read(value);
  if (!reader.is_too_deep()) return json;
  return fail(ErrorKind::usage,
              formatted("{}: is nested more than {} deep", name, deepest_nesting));
}

val value_of(const Json& value) {
  return parsed(to_text(value));
}

val parsed(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const val decoded =
      val::global("TextDecoder")
          .new_()
          .call<val>("decode", val(emscripten::typed_memory_view(text.size(), bytes)));
  return val::global("JSON").call<val>("parse", decoded);
}

val copied(std::string_view bytes) {
  return copied("Uint8Array", reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace synthgen::wasm
