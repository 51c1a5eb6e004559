// The measures that a live page shows; the whole program has those of all_measures.cpp instead.

#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/analyze/measures/coherence.hpp"
#include "synthgen/analyze/measures/dependence.hpp"
#include "synthgen/analyze/measures/diversity.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/lag_equality.hpp"
#include "synthgen/analyze/measures/ngrams.hpp"
#include "synthgen/analyze/measures/oracle_bits.hpp"
#include "synthgen/analyze/measures/pattern_runs.hpp"
#include "synthgen/analyze/measures/statistics.hpp"
#include "synthgen/analyze/measures/zipf_exponent.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array preview_measures{
    &statistics_entry,   &coherence_entry,   &diversity_entry,     &entropy_entry,
    &pattern_runs_entry, &oracle_bits_entry, &zipf_exponent_entry, &dependence_entry,
    &lag_equality_entry, &ngram_entry,
};

}  // namespace

std::span<const MeasureEntry* const> measures() {
  return preview_measures;
}

}  // namespace synthgen
