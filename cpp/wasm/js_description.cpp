#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/generate/registry.hpp"

#include <emscripten/bind.h>
#include <string>

namespace synthgen::wasm {
EMSCRIPTEN_BINDINGS(description) {
  using emscripten::function;
  function(
      "version", +[] { return std::string(program_version); });
  function(
      "streamVersion", +[] { return stream_version; });
  function(
      "parameters", +[] { return to_text(parameter_table()); });
  function(
      "schema", +[] { return to_text(config_schema()); });
  function(
      "families", +[] { return to_text(family_table()); });
  function(
      "measures", +[] { return to_text(measure_table()); });
}

}  // namespace synthgen::wasm
