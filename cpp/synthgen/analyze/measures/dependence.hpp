#pragma once

#include "synthgen/analyze/counting/block_sample.hpp"
#include "synthgen/analyze/counting/class_pairs.hpp"
#include "synthgen/analyze/counting/token_counts.hpp"
#include "synthgen/analyze/measure.hpp"

namespace synthgen {

/// How much a token says about later ones: `conditional_entropy` H(x_t | x_{t−1}) and
/// `mutual_information` at distances 1 … 64, over the 63 commonest ids and one for all others, each
/// beside a baseline: the same tokens in a random order. Exact while the data fits a share of the
/// memory limit (2^22 tokens of the default), else from a sample of blocks of the data, with
/// standard errors; which ids are the commonest is counted over all of it.
class DependenceAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest_distance = 64;

  explicit DependenceAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return tokens_.failure(); }

 private:
  void report(ReportSections& sections, ClassPairs pairs) const;

  BlockSample sample_;
  TokenCounts tokens_;  ///< of sequences of 2 tokens or more
};

extern const MeasureEntry dependence_entry;

}  // namespace synthgen
