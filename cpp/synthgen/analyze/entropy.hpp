#pragma once

#include "synthgen/analyze/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/scratch_table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Shannon entropy of a sequence's token counts, H = −Σ p log2 p, in bits: 0 for an empty or
/// constant sequence, log2 L where all L tokens differ. The same on every platform.
double compute_entropy(std::span<const std::uint32_t> sequence);

/// Entropies of many sequences; keeps its scratch memory between calls.
class SequenceEntropy {
 public:
  double operator()(std::span<const std::uint32_t> sequence);

 private:
  /// c·log2 c − (c − 1)·log2(c − 1): what the c-th occurrence of a token adds to Σ c·log2 c.
  double added_by(std::uint32_t occurrence);

  ScratchTable<std::uint32_t> counts_;
  std::vector<double> added_by_{0, 0};  ///< by occurrence
};

/// `average_entropy`: the mean entropy of the sequences, in bits.
class EntropyAccumulator final : public Accumulator {
 public:
  explicit EntropyAccumulator(const AnalysisOptions& options)
      : per_sequence_(options.per_sequence) {}

  void add(const SequenceBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;

  /// None without sequences.
  std::optional<double> average_entropy() const noexcept;

 private:
  bool per_sequence_;
  SequenceEntropy entropy_;
  FixedSum sum_;
  std::uint64_t count_ = 0;
  std::vector<double> values_;
};

extern const MeasureEntry entropy_entry;

}  // namespace synthgen
