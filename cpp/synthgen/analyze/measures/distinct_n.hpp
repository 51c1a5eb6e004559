#pragma once

#include "synthgen/analyze/hashing/distinct_hashes.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace synthgen {

/// `distinct_n`: for n = 1 … 4 the number of different n-grams in the data over the number of all.
/// N-grams are told apart by 64-bit hashes. Exact while a share of the memory limit holds those of
/// one n (2^21 of them with the default), beyond it an estimate whose standard error is reported.
class DistinctNAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest = 4;

  explicit DistinctNAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  void add(std::span<const std::uint32_t> sequence);

  std::uint64_t most_;
  std::vector<DistinctHashes> different_;     ///< by n − 1
  std::array<std::uint64_t, longest> all_{};  ///< by n − 1
  std::vector<std::uint64_t> hashes_;         ///< scratch
};

extern const MeasureEntry distinct_n_entry;

}  // namespace synthgen
