#include "synthgen/analyze/measure_registry.hpp"

#include <array>

namespace synthgen {

extern const MeasureEntry coherence_entry;
extern const MeasureEntry dependence_entry;
extern const MeasureEntry diversity_entry;
extern const MeasureEntry entropy_entry;
extern const MeasureEntry lag_equality_entry;
extern const MeasureEntry ngram_entry;
extern const MeasureEntry oracle_bits_entry;
extern const MeasureEntry pattern_runs_entry;
extern const MeasureEntry statistics_entry;
extern const MeasureEntry zipf_exponent_entry;

std::span<const MeasureEntry* const> live_measures() {
  static constexpr std::array live{
      &statistics_entry,   &coherence_entry,   &diversity_entry,     &entropy_entry,
      &pattern_runs_entry, &oracle_bits_entry, &zipf_exponent_entry, &dependence_entry,
      &lag_equality_entry, &ngram_entry,
  };
  return live;
}

}  // namespace synthgen
