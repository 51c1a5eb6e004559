#pragma once

#include "synthgen/analyze/key_counts.hpp"
#include "synthgen/analyze/sorted_runs.hpp"
#include "synthgen/analyze/state_archive.hpp"
#include "synthgen/config/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// A set of sequences, each held as the 128-bit XXH3 hash of its ids: 16 bytes a sequence. Two
/// different ones among 10^9 share a hash with probability below 10^-20, so counts are exact. At
/// the limit the hashes go to temporary files or, where that is not possible or not wanted, a
/// sample of them is kept: those whose last `level` bits are 0 (Wegman's adaptive sampling;
/// Flajolet 1990).
class DistinctSequences {
 public:
  explicit DistinctSequences(const CountLimits& limits = {});

  void add(std::span<const std::uint32_t> sequence);
  void merge(const DistinctSequences& other);
  void exchange(StateArchive& archive);

  struct Count {
    std::uint64_t value;
    double relative_error;  ///< standard error over the value; 0 where it is exact
  };
  /// How many there are, estimated where a sample is kept: a function of the sequences alone, not
  /// of their order or of how parts were merged. Fails (io) when a temporary file cannot be read.
  Result<Count> count() const;
  const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  using Hash = std::array<std::uint32_t, 4>;
  static constexpr unsigned most_levels = 32;

  static void compact(std::vector<Hash>& hashes);
  static bool in_sample(const Hash& hash, unsigned level) noexcept;
  static std::span<const std::uint32_t> words(const std::vector<Hash>& hashes) noexcept;
  bool samples() const noexcept { return limits_.approximate || !can_spill; }
  std::uint64_t most_hashes() const noexcept;
  /// Raises `level` until no more of `hashes`, which are compact, are left than may stay.
  void sample(std::vector<Hash>& hashes, std::uint32_t& level) const;
  void keep_limit();

  CountLimits limits_;
  std::vector<Hash> hashes_;  ///< with doubles in its unsorted end
  std::size_t compact_at_;
  SortedRuns runs_{std::tuple_size_v<Hash>};
  std::uint32_t level_ = 0;
  std::optional<Error> failure_;
};

}  // namespace synthgen
