#pragma once

#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The longest n-grams that can be counted.
inline constexpr unsigned longest_ngram = 16;

/// Several measures at once, over any number of batches.
class Analyzer {
 public:
  /// Fails (usage) if an option is out of range or names an unknown measure.
  static Result<Analyzer> create(const AnalysisOptions& options = {});

  /// Fails (io) if state that no longer fits in memory cannot be written.
  Result<void> add(const SequenceBatch& batch);

  /// Adds everything that `other` has measured. Fails (usage) if it has other options, and like
  /// `add`.
  Result<void> merge(const Analyzer& other);
  /// The same, in less memory: `other` is then only destroyed.
  Result<void> absorb(Analyzer&& other);

  /// The measures by name: plain numbers first, then `vocab_size` if known, `exact`, then
  /// distributions and lists, then `per_sequence` if the options ask for it. A number that is not
  /// defined for the data is null. Fails (io) if a temporary file cannot be read back.
  Result<Json> report() const;

  /// The state, options included, as bytes: each shard saves its own, and one process merges them.
  /// Fails like `report`.
  Result<std::string> save() const;

  /// The analyzer that was saved. Fails (data) unless the bytes are a complete saved analysis of
  /// this format version; errors call them `name`.
  static Result<Analyzer> load(std::string_view bytes, std::string_view name = "saved analysis");

 private:
  /// Fails (usage) unless `other` has the same options.
  Result<void> measures_like(const Analyzer& other) const;

  Analyzer(const AnalysisOptions& options, std::vector<const MeasureEntry*> entries);
  void exchange(StateArchive& archive) const;
  Result<void> kept() const;

  AnalysisOptions options_;
  std::vector<const MeasureEntry*> entries_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;  ///< of the entries
  MeasuredBatch::Scratch scratch_;
};

/// The report of the default measures; `analyze_dataset` is another name for it.
Json analyze_sequences(const SequenceBatch& batch);
inline Json analyze_dataset(const SequenceBatch& batch) {
  return analyze_sequences(batch);
}

}  // namespace synthgen
