#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/complexity.hpp"
#include "synthgen/analyze/measures/value_distribution.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// `lz_complexity`: the mean of the sequences' Lempel–Ziv complexities (see `lz_complexity` of one
/// sequence), and their distribution among `distributions`. Empty sequences are left out.
class LzComplexityAccumulator final : public Accumulator {
 public:
  explicit LzComplexityAccumulator(const AnalysisOptions& options)
      : vocab_size_(options.vocab_size), per_sequence_(options.per_sequence) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  std::optional<std::int64_t> vocab_size_;
  bool per_sequence_;
  PhraseCounter counter_;
  FixedSum sum_;
  ValueDistribution values_{32};
  std::vector<std::optional<double>> sequence_values_;
};

extern const MeasureEntry lz_complexity_entry;

}  // namespace synthgen
