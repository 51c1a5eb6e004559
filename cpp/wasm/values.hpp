// Values as they cross between JavaScript and the core.
//
// Arguments are plain JavaScript values, which become JSON for the core to read and check. Results
// are plain values too; tokens are typed arrays (copies, since the module's memory may move). What
// can fail returns {value} or {error: {kind, message, problems}}; the wrapper in web/module/ throws
// the latter.

#pragma once

#include "synthgen/config/json.hpp"

#include <emscripten/val.h>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace synthgen::wasm {

using emscripten::val;

val success(val value);
val failure(const Error& error);

/// The outcome of what has no value.
val outcome(const Result<void>& result);

/// The failure of a call that the module's memory is not enough for.
val out_of_memory();

/// What `call` returns, or an error when the module's memory is not enough for it: a C++ exception
/// would reach JavaScript as an object without a message. A module without exceptions stops
/// instead, and whoever called it has to load it again.
template <class Call>
val within_memory(const Call& call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  return out_of_memory();
}

/// What `use` makes of a value; its error where there is none.
template <class T, class Use>
val with(const Result<T>& result, const Use& use) {
  return result ? use(*result) : failure(result.error());
}

/// The JSON of a plain value. As JSON.stringify has it, members without a value are left out and
/// what JSON lacks is null; numbers that are not finite become words, so that errors can name them.
/// Fails (usage) where it is nested too deep to be read safely; errors call it `name`.
Result<Json> json_of(const val& value, std::string_view name);

/// The plain value of JSON, or of its text: a browser's own parser is faster than building it piece
/// by piece would be.
val value_of(const Json& value);
val parsed(std::string_view text);

/// A typed array of its own memory.
template <class T>
val copied(const char* array_type, const T* data, std::size_t count) {
  return val::global(array_type).new_(val(emscripten::typed_memory_view(count, data)));
}

/// The bytes as a Uint8Array.
val copied(std::string_view bytes);

}  // namespace synthgen::wasm
