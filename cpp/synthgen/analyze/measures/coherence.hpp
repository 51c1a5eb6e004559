#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// The seed document's coherence: `local_coherence` and `global_coherence` (largest count of a
/// token over the length), each averaged over the sequences where it is defined.
class CoherenceAccumulator final : public Accumulator {
 public:
  explicit CoherenceAccumulator(const AnalysisOptions& options)
      : per_sequence_(options.per_sequence) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

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
    void exchange(StateArchive& archive) { archive(sum, count, left_out); }
  };

  bool per_sequence_;
  Mean local_;
  Mean global_;
  std::vector<std::optional<double>> local_values_;
  std::vector<std::optional<double>> global_values_;
};

extern const MeasureEntry coherence_entry;

}  // namespace synthgen
