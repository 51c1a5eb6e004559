#include "synthgen/analyze/coherence.hpp"
#include "synthgen/analyze/dependence.hpp"
#include "synthgen/analyze/distinct_n.hpp"
#include "synthgen/analyze/distributions.hpp"
#include "synthgen/analyze/diversity.hpp"
#include "synthgen/analyze/duplicates.hpp"
#include "synthgen/analyze/entropy.hpp"
#include "synthgen/analyze/lag_equality.hpp"
#include "synthgen/analyze/lz_complexity.hpp"
#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/analyze/near_duplicates.hpp"
#include "synthgen/analyze/ngrams.hpp"
#include "synthgen/analyze/oracle_bits.hpp"
#include "synthgen/analyze/pattern_runs.hpp"
#include "synthgen/analyze/repetition.hpp"
#include "synthgen/analyze/statistics.hpp"
#include "synthgen/analyze/zipf_exponent.hpp"

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
