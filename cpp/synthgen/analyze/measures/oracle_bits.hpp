#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// `oracle_bits_per_token`: what the sequences' latents say that a reader pays who knows their
/// structure, over the tokens of the sequences that have latents. A lower bound on the loss of any
/// model on this data. Not in the report of data without latents.
class OracleBitsAccumulator final : public Accumulator {
 public:
  explicit OracleBitsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None when no sequence with tokens has latents.
  std::optional<double> bits_per_token() const noexcept;

 private:
  FixedSum sum_;  ///< in units of 2^16 bits: sequences reach 2^40
  std::uint64_t tokens_ = 0;
};

extern const MeasureEntry oracle_bits_entry;

}  // namespace synthgen
