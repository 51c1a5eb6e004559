#pragma once

#include "synthgen/analyze/counting/token_counts.hpp"
#include "synthgen/analyze/measure.hpp"

namespace synthgen {

/// `zipf_exponent` and `zipf_exponent_error`: the Zipf law that fits the counts of the ids best,
/// see `fit_zipf`.
class ZipfExponentAccumulator final : public Accumulator {
 public:
  explicit ZipfExponentAccumulator(const AnalysisOptions& options)
      : tokens_({options.own_memory_bytes() / 8, options.approximate}) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return tokens_.failure(); }

 private:
  TokenCounts tokens_;
};

extern const MeasureEntry zipf_exponent_entry;

}  // namespace synthgen
