#pragma once

#include "synthgen/analyze/counting/ngram_table.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <optional>
#include <vector>

// Single measures of a batch as plain functions, without an analyzer.

namespace synthgen {

/// The 10 most common n-grams with n = `min_length`, ties in lexicographic order. Empty unless
/// `min_length` is 1 … 16.
std::vector<NgramCount> detect_patterns(const SequenceBatch& batch, unsigned min_length = 3);

/// Quality metrics; none without sequences.
struct QualityMetrics {
  std::optional<double> sequence_diversity;
  std::uint64_t token_diversity = 0;      ///< number of different ids
  std::optional<double> average_entropy;  ///< bits
  std::optional<double> pattern_ratio;
};
QualityMetrics compute_quality_metrics(const SequenceBatch& batch);

/// Means over sequences; none if no sequence defines them.
struct Coherence {
  std::optional<double> local_coherence;
  std::optional<double> global_coherence;
};
Coherence measure_coherence(const SequenceBatch& batch);

}  // namespace synthgen
