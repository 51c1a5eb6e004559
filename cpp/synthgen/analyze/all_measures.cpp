#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/analyze/measures/coherence.hpp"
#include "synthgen/analyze/measures/dependence.hpp"
#include "synthgen/analyze/measures/distinct_n.hpp"
#include "synthgen/analyze/measures/distributions.hpp"
#include "synthgen/analyze/measures/diversity.hpp"
#include "synthgen/analyze/measures/duplicates.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/lag_equality.hpp"
#include "synthgen/analyze/measures/lz_complexity.hpp"
#include "synthgen/analyze/measures/near_duplicates.hpp"
#include "synthgen/analyze/measures/ngrams.hpp"
#include "synthgen/analyze/measures/oracle_bits.hpp"
#include "synthgen/analyze/measures/pattern_runs.hpp"
#include "synthgen/analyze/measures/repetition.hpp"
#include "synthgen/analyze/measures/statistics.hpp"
#include "synthgen/analyze/measures/zipf_exponent.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array measure_registry{
    &statistics_entry,    &coherence_entry,   &diversity_entry,     &entropy_entry,
    &pattern_runs_entry,  &oracle_bits_entry, &duplicates_entry,    &near_duplicates_entry,
    &zipf_exponent_entry, &dependence_entry,  &distributions_entry, &lz_complexity_entry,
    &lag_equality_entry,  &distinct_n_entry,  &repetition_entry,    &ngram_entry,
};

}  // namespace

std::span<const MeasureEntry* const> measures() {
  return measure_registry;
}

}  // namespace synthgen
