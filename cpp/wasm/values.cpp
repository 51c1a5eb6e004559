#include "values.hpp"

#include "synthgen/config/json.hpp"

namespace synthgen::wasm {

val success(val value) {
  val result = val::object();
  result.set("value", std::move(value));
  return result;
}

val failure(const Error& error) {
  val result = val::object();
  result.set("error", to_text(to_json(error)));
  return result;
}

val out_of_memory() {
  return failure(
      {ErrorKind::usage,
       "not enough memory: the module has at most 2 GiB; ask for fewer sequences at once",
       {}});
}

val copied(const std::string& bytes) {
  return copied("Uint8Array", reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace synthgen::wasm
