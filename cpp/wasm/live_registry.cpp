// The registry of measures in live.wasm, in place of all_measures.cpp.

#include "synthgen/analyze/measure_registry.hpp"

namespace synthgen {

std::span<const MeasureEntry* const> measures() {
  return live_measures();
}

}  // namespace synthgen
