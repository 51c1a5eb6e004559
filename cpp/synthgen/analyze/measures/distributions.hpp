#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/value_distribution.hpp"

namespace synthgen {

/// `distributions`: how the sequences' lengths, entropies and coherences are spread: count, mean,
/// standard deviation, extremes, quantiles and a histogram of each. Sequences where a measure is
/// not defined are left out of it, so that its mean is that of the report; the entropy of an empty
/// one is 0. (Another accumulator adds the Lempel–Ziv complexities where these are measured.)
class DistributionsAccumulator final : public Accumulator {
 public:
  explicit DistributionsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  ValueDistribution lengths_{0};
  ValueDistribution entropies_{32};
  ValueDistribution local_{32};
  ValueDistribution global_{32};
};

extern const MeasureEntry distributions_entry;

}  // namespace synthgen
