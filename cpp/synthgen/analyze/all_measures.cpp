#include "synthgen/analyze/measure_registry.hpp"

#include <vector>

namespace synthgen {

extern const MeasureEntry baselines_entry;
extern const MeasureEntry distinct_n_entry;
extern const MeasureEntry distributions_entry;
extern const MeasureEntry duplicates_entry;
extern const MeasureEntry lz_complexity_entry;
extern const MeasureEntry near_duplicates_entry;
extern const MeasureEntry predictive_bits_entry;
extern const MeasureEntry repetition_entry;

std::span<const MeasureEntry* const> measures() {
  static const std::vector<const MeasureEntry*> all = [] {
    const std::span<const MeasureEntry* const> live = live_measures();
    std::vector<const MeasureEntry*> entries(live.begin(), live.end());
    entries.insert(
        entries.end(),
        {&predictive_bits_entry, &duplicates_entry, &near_duplicates_entry, &distributions_entry,
         &lz_complexity_entry, &distinct_n_entry, &repetition_entry, &baselines_entry});
    return entries;
  }();
  return all;
}

}  // namespace synthgen
