#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Shannon entropy of a sequence's token counts, H = −Σ p log2 p, in bits: 0 for an empty or
/// constant sequence, log2 L if all L tokens differ. The same on every platform.
double compute_entropy(std::span<const std::uint32_t> sequence);

/// `average_entropy`: the mean entropy of the sequences, in bits.
class EntropyAccumulator final : public Accumulator {
 public:
  explicit EntropyAccumulator(const AnalysisOptions& options)
      : per_sequence_(options.per_sequence), vocab_size_(options.vocab_size) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None without sequences.
  std::optional<double> average_entropy() const noexcept { return mean_.value(); }

 private:
  bool per_sequence_;
  std::optional<std::int64_t> vocab_size_;
  FixedMean mean_;
  std::vector<double> values_;
  std::vector<double> complexities_;  ///< where the size of the vocabulary is known
};

}  // namespace synthgen
