// The small module measures what live previews show; the whole program links all_measures.cpp.

#include "synthgen/analyze/measure_registry.hpp"

namespace synthgen {

std::span<const MeasureEntry* const> measures() {
  return live_measures();
}

}  // namespace synthgen
