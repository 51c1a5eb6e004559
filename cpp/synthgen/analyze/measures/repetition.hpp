#pragma once

#include "synthgen/analyze/counting/distinct_ngrams.hpp"
#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>

namespace synthgen {

/// `rep_n`: for n = 1 … 4 the mean over sequences of 1 − different n-grams / n-grams; sequences of
/// fewer than n tokens are left out.
class RepetitionAccumulator final : public Accumulator {
 public:
  explicit RepetitionAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  struct Mean {
    FixedSum sum;
    std::uint64_t count = 0;

    void exchange(StateArchive& archive) { archive(sum, count); }
  };

  DistinctNgrams distinct_;
  std::array<Mean, DistinctNgrams::longest> repeated_;  ///< by n − 1
};

extern const MeasureEntry repetition_entry;

}  // namespace synthgen
