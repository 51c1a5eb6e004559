#pragma once

#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace synthgen {

/// `lag_equality`: for each lag from 1 to 64 the share of pairs x_t, x_{t+lag} of a sequence with
/// equal tokens, over the pairs of all sequences together. Peaks show periods.
class LagEqualityAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest_lag = 64;

  explicit LagEqualityAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None where no sequence is longer than the lag, which is 1 … 64.
  std::optional<double> share(std::size_t lag) const noexcept;

 private:
  void add(std::span<const std::uint32_t> sequence) noexcept;

  std::array<std::uint64_t, longest_lag> equal_{};  ///< by lag − 1
  std::array<std::uint64_t, longest_lag> pairs_{};
};

extern const MeasureEntry lag_equality_entry;

}  // namespace synthgen
