// Values as they cross between JavaScript and the core.
//
// Structured values go as JSON text, tokens as typed arrays (copies, since the module's memory may
// move). What can fail returns {value} or {error: {kind, message, problems}}; the wrapper in
// web/module/ turns the latter into a JavaScript Error.

#pragma once

#include "synthgen/config/result.hpp"

#include <emscripten/val.h>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

namespace synthgen::wasm {

using emscripten::val;

val success(val value);
val failure(const Error& error);

/// The failure of a call that the module's memory is not enough for.
val out_of_memory();

/// What `call` returns, or an error when the module's memory is not enough for it: a C++ exception
/// would reach JavaScript as an object without a message.
template <class Call>
val within_memory(const Call& call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  return out_of_memory();
}

/// A typed array of its own memory.
template <class T>
val copied(const char* array_type, const T* data, std::size_t count) {
  return val::global(array_type).new_(val(emscripten::typed_memory_view(count, data)));
}

/// The bytes as a Uint8Array.
val copied(const std::string& bytes);

}  // namespace synthgen::wasm
