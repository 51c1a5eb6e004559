// The measures that a live page shows; the whole program has those of all_measures.cpp instead.

#include "synthgen/analyze/coherence.hpp"
#include "synthgen/analyze/dependence.hpp"
#include "synthgen/analyze/diversity.hpp"
#include "synthgen/analyze/entropy.hpp"
#include "synthgen/analyze/lag_equality.hpp"
#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/analyze/ngrams.hpp"
#include "synthgen/analyze/oracle_bits.hpp"
#include "synthgen/analyze/pattern_runs.hpp"
#include "synthgen/analyze/statistics.hpp"
#include "synthgen/analyze/zipf_exponent.hpp"

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
