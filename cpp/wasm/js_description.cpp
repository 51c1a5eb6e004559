#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/config/version.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/registry.hpp"

#include <emscripten/bind.h>
#include <string>

#include "values.hpp"

namespace synthgen::wasm {
EMSCRIPTEN_BINDINGS(description) {
  using emscripten::function;
  function(
      "version", +[] { return std::string(program_version); });
  function(
      "streamVersion", +[] { return stream_version; });
  function(
      "parameters", +[] { return value_of(parameter_table()); });
  function(
      "families", +[] { return value_of(family_table()); });
  function(
      "measures", +[] { return value_of(measure_table()); });
  function(
      "tokenKinds", +[] { return value_of(Json(token_kind_names)); });
}

}  // namespace synthgen::wasm
