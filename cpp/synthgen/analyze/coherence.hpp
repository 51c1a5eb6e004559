#pragma once

#include "synthgen/analyze/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/token_counts.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// Share of adjacent pairs with equal tokens, x_t = x_{t+1}; none for sequences under 2 tokens.
std::optional<double> local_coherence(std::span<const std::uint32_t> sequence) noexcept;

/// The seed document's coherence: `local_coherence` and `global_coherence` (largest count of a
/// token over the length), each averaged over the sequences where it is defined.
class CoherenceAccumulator final : public Accumulator {
 public:
  explicit CoherenceAccumulator(const AnalysisOptions& options)
      : per_sequence_(options.per_sequence) {}

  void add(const SequenceBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;

  /// Mean over sequences; none when no sequence has 2 tokens.
  std::optional<double> local_coherence() const noexcept { return local_.mean(); }
  /// Mean over sequences; none when every sequence is empty.
  std::optional<double> global_coherence() const noexcept { return global_.mean(); }

 private:
  struct Mean {
    FixedSum sum;
    std::uint64_t count = 0;
    std::uint64_t left_out = 0;

    void add(std::optional<double> value) noexcept;
    void merge(const Mean& other) noexcept;
    std::optional<double> mean() const noexcept;
  };

  bool per_sequence_;
  Mean local_;
  Mean global_;
  LargestCount largest_count_;
  std::vector<std::optional<double>> local_values_;
  std::vector<std::optional<double>> global_values_;
};

extern const MeasureEntry coherence_entry;

}  // namespace synthgen
