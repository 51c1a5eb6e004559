#include "values.hpp"

#include "synthgen/config/json.hpp"

#include <array>

namespace synthgen::wasm {

val success(val value) {
  val result = val::object();
  result.set("value", std::move(value));
  return result;
}

val failure(const Error& error) {
  constexpr std::array kinds{"data", "usage", "io", "cancelled"};
  Json problems = Json::array();
  for (const Problem& problem : error.problems) {
    problems.push_back(
        {{"key", problem.key}, {"value", problem.value}, {"allowed", problem.allowed}});
  }
  const Json described = {{"kind", kinds[static_cast<std::size_t>(error.kind)]},
                          {"message", error.message},
                          {"problems", std::move(problems)}};
  val result = val::object();
  result.set("error", to_text(described));
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
