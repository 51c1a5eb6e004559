#pragma once

#include "synthgen/analyze/distinct_sequences.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>

namespace synthgen {

/// `duplicate_share`: the share of sequences that have an equal one before them.
class DuplicatesAccumulator final : public Accumulator {
 public:
  explicit DuplicatesAccumulator(const AnalysisOptions& options)
      : distinct_({options.own_memory_bytes() / 8, options.approximate}) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return distinct_.failure(); }

 private:
  DistinctSequences distinct_;
  std::uint64_t count_ = 0;
};

extern const MeasureEntry duplicates_entry;

}  // namespace synthgen
