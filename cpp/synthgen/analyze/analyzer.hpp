#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/ngrams.hpp"
#include "synthgen/config/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Every accumulator, in the order of the report.
std::span<const MeasureEntry* const> measures();

/// All measures at once, over any number of batches.
class Analyzer {
 public:
  /// Fails (usage) when an option is out of range.
  static Result<Analyzer> create(const AnalysisOptions& options = {});

  void add(const SequenceBatch& batch);

  /// Joins what `other` has seen. Fails (usage) when it was made with other options.
  Result<void> merge(const Analyzer& other);

  /// The measures by name: plain numbers first, then distributions and lists, then `per_sequence`
  /// when it was asked for. A number that is not defined for the data is null.
  Json report() const;

 private:
  explicit Analyzer(const AnalysisOptions& options);

  AnalysisOptions options_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;
};

/// The seed document's `analyze_dataset`: the report of all measures.
Json analyze_sequences(const SequenceBatch& batch);
inline Json analyze_dataset(const SequenceBatch& batch) {
  return analyze_sequences(batch);
}

/// The 10 most common n-grams with n = `min_length`, ties in lexicographic order. Empty unless
/// `min_length` is 1 … 16.
std::vector<NgramCount> detect_patterns(const SequenceBatch& batch, unsigned min_length = 3);

/// The seed document's quality metrics; none where there are no sequences.
struct QualityMetrics {
  std::optional<double> sequence_diversity;
  std::uint64_t token_diversity = 0;      ///< number of different ids
  std::optional<double> average_entropy;  ///< bits
  std::optional<double> pattern_ratio;
};
QualityMetrics compute_quality_metrics(const SequenceBatch& batch);

/// Means over sequences; none where no sequence defines them.
struct Coherence {
  std::optional<double> local_coherence;
  std::optional<double> global_coherence;
};
Coherence measure_coherence(const SequenceBatch& batch);

}  // namespace synthgen
