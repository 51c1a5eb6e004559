#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// `local_coherence` (share of neighbours with equal tokens) and `global_coherence` (largest count
/// of a token over the length), each averaged over the sequences for which it is defined.
class CoherenceAccumulator final : public Accumulator {
 public:
  explicit CoherenceAccumulator(const AnalysisOptions& options)
      : per_sequence_(options.per_sequence) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// Mean over sequences; none if no sequence has 2 tokens.
  std::optional<double> local_coherence() const noexcept { return local_.of_sequences.value(); }
  /// Mean over sequences; none if every sequence is empty.
  std::optional<double> global_coherence() const noexcept { return global_.of_sequences.value(); }

 private:
  struct Mean {
    FixedMean of_sequences;
    std::uint64_t left_out = 0;

    void add(std::optional<double> value) noexcept;
    void merge(const Mean& other) noexcept;
    void exchange(StateArchive& archive) { archive(of_sequences, left_out); }
  };

  bool per_sequence_;
  Mean local_;
  Mean global_;
  std::vector<std::optional<double>> local_values_;
  std::vector<std::optional<double>> global_values_;
};

}  // namespace synthgen
