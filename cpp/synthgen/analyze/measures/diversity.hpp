#pragma once

#include "synthgen/analyze/hashing/content_records.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// Counts different sequences; the derived class reports them.
class DiversityAccumulator : public Accumulator {
 public:
  explicit DiversityAccumulator(const AnalysisOptions& options)
      : distinct_({options.own_memory_bytes() / 8, options.approximate}) {}

  void add(const MeasuredBatch& batch) final;
  void merge(const Accumulator& other) final;
  void exchange(StateArchive& archive) final;
  std::optional<Error> failure() const final { return distinct_.failure(); }

 protected:
  struct Parts {
    double different;       ///< the share of different sequences
    double repeated;        ///< the share of the others
    double relative_error;  ///< standard error over `different`; 0 if exact
  };
  /// None without sequences. Fails (io) if a temporary file cannot be read.
  Result<std::optional<Parts>> parts() const;

 private:
  DistinctSequences distinct_;
  std::uint64_t count_ = 0;
};

/// `sequence_diversity`: different sequences over all sequences.
class SequenceDiversityAccumulator final : public DiversityAccumulator {
 public:
  explicit SequenceDiversityAccumulator(const AnalysisOptions& options)
      : DiversityAccumulator(options) {}
  void report(ReportSections& sections) const override;

  /// None without sequences, and if a temporary file cannot be read.
  std::optional<double> sequence_diversity() const;
};

}  // namespace synthgen
