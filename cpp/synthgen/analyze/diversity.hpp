#pragma once

#include "synthgen/analyze/distinct_sequences.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// `sequence_diversity`: different sequences over all sequences.
class DiversityAccumulator final : public Accumulator {
 public:
  explicit DiversityAccumulator(const AnalysisOptions& options)
      : distinct_({options.own_memory_bytes() / 8, options.approximate}) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return distinct_.failure(); }

  /// None without sequences, and when a temporary file cannot be read.
  std::optional<double> sequence_diversity() const;

 private:
  std::optional<double> share_of(std::uint64_t distinct) const noexcept;

  DistinctSequences distinct_;
  std::uint64_t count_ = 0;
};

extern const MeasureEntry diversity_entry;

}  // namespace synthgen
