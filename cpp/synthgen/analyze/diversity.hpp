#pragma once

#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// A set of sequences, each held as the 128-bit XXH3 hash of its ids: 16 bytes a sequence. Two
/// different ones among 10^9 share a hash with probability below 10^-20, so counts are exact.
class DistinctSequences {
 public:
  void add(std::span<const std::uint32_t> sequence);
  void merge(const DistinctSequences& other);
  std::uint64_t count() const;
  void exchange(StateArchive& archive);

 private:
  using Hash = std::array<std::uint64_t, 2>;
  static void compact(std::vector<Hash>& hashes);

  std::vector<Hash> hashes_;  ///< with doubles in its unsorted end
  std::size_t compact_at_ = 4096;
};

/// `sequence_diversity`: different sequences over all sequences.
class DiversityAccumulator final : public Accumulator {
 public:
  explicit DiversityAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None without sequences.
  std::optional<double> sequence_diversity() const;

 private:
  DistinctSequences distinct_;
  std::uint64_t count_ = 0;
};

extern const MeasureEntry diversity_entry;

}  // namespace synthgen
