#include "synthgen/analyze/analyzer.hpp"
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

std::string measure_list() {
  Json list = Json::array();
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      list.push_back({{"name", measure.name},
                      {"unit", measure.unit},
                      {"formula", measure.formula},
                      {"range", measure.range},
                      {"source", measure.source}});
    }
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
  function("measures", &measure_list);
}

}  // namespace synthgen::wasm
