#pragma once

#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/analyze/measures/ngrams.hpp"
#include "synthgen/config/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Several measures at once, over any number of batches.
class Analyzer {
 public:
  /// Fails (usage) when an option is out of range or names an unknown measure.
  static Result<Analyzer> create(const AnalysisOptions& options = {});

  /// Fails (io) when what no longer fits in memory cannot be written.
  Result<void> add(const SequenceBatch& batch);

  /// Joins what `other` has seen. Fails (usage) when it was made with other options, and as `add`.
  Result<void> merge(const Analyzer& other);

  /// The measures by name: plain numbers first, then `vocab_size` where it is known, `exact`, then
  /// distributions and lists, then `per_sequence` when it was asked for. A number that is not
  /// defined for the data is null. Fails (io) when what was written cannot be read back.
  Result<Json> report() const;

  /// What was seen, options included, as bytes: shards save theirs, and one process joins them.
  /// Fails as `report`.
  Result<std::string> save() const;

  /// The analyzer that was saved. Fails (data) when the bytes are not those of a saved analysis,
  /// whole and of this format's version; `name` is what errors call them.
  static Result<Analyzer> load(std::string_view bytes, std::string_view name = "saved analysis");

 private:
  Analyzer(const AnalysisOptions& options, std::vector<const MeasureEntry*> entries);
  void exchange(StateArchive& archive) const;
  Result<void> kept() const;

  AnalysisOptions options_;
  std::vector<const MeasureEntry*> entries_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;  ///< of the entries
  MeasuredBatch::Scratch scratch_;
};

/// The seed document's `analyze_dataset`: the report of the default measures.
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
