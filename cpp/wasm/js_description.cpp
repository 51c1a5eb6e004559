#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/generate/registry.hpp"

#include <emscripten/bind.h>
#include <string>

namespace synthgen::wasm {
namespace {

std::string family_list() {
  Json list = Json::array();
  for (const FamilyEntry* family : families()) {
    list.push_back(
        {{"name", family->name}, {"summary", family->summary}, {"example", family->example}});
  }
  return to_text(list);
}

}  // namespace

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
  function("families", &family_list);
  function(
      "measures", +[] { return to_text(measure_table()); });
}

}  // namespace synthgen::wasm
