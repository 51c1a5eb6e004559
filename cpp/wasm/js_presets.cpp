#include "synthgen/generate/presets.hpp"

#include <emscripten/bind.h>
#include <string>

#include "values.hpp"

namespace synthgen::wasm {
namespace {

/// The parameters of a preset with the caller's on top.
val preset_config(const std::string& name, const val& others) {
  return within_memory([&] {
    return with(json_of(others, "config"), [&](const Json& own) {
      return with(with_preset(name, own),
                  [](const Json& config) { return success(value_of(config)); });
    });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(presets) {
  using emscripten::function;
  function(
      "presets", +[] { return value_of(preset_table()); });
  function("presetConfig", &preset_config);
}

}  // namespace synthgen::wasm
