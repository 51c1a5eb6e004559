#pragma once

#include "synthgen/analyze/counting/key_counts.hpp"
#include "synthgen/analyze/counting/state_archive.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// The number of different 64-bit hashes: exact up to `most` of them, beyond it estimated from the
/// density of the smallest ones (k / h for k hashes below the next one, h its share of the range;
/// Bar-Yossef et al. 2002), with a relative standard error of 1 / √most. A function of the hashes
/// alone, not of their order or of how parts were merged. Up to 32 bytes for each of `most`: twice
/// as many hashes, and as much again while the largest are dropped.
class DistinctHashes {
 public:
  /// `most` is at least 1.
  explicit DistinctHashes(std::uint64_t most) : most_(most) {}

  void add(std::uint64_t hash) { add(std::span(&hash, 1)); }
  void add(std::span<const std::uint64_t> hashes);
  void merge(const DistinctHashes& other);
  void exchange(StateArchive& archive);

  struct Count {
    double value;
    bool is_exact;
  };
  Count count() const;

 private:
  /// The different hashes below `next_`, in no order.
  std::vector<std::uint64_t> kept() const;
  /// Keeps these instead; only the smallest of too many.
  void keep(std::vector<std::uint64_t> hashes);
  void forget_recent();
  /// Those that may be new; only until the next call.
  std::span<const std::uint64_t> sifted(std::span<const std::uint64_t> hashes);

  std::uint64_t most_;
  /// Hashes not yet deduplicated; most occur once. Duplicates are removed in bulk.
  KeyCounts<std::uint64_t> collected_;
  std::uint64_t collected_size_ = 0;
  std::optional<std::uint64_t> next_;  ///< the smallest hash that did not fit
  std::vector<std::uint64_t> wanted_;  ///< scratch
  /// The last hash of each value of the upper bits, which needs not be collected again; empty
  /// before the first one.
  std::vector<std::uint64_t> recent_;
  std::size_t sifted_ = 0;    ///< hashes looked up there since the last decision
  std::size_t passed_ = 0;    ///< … and those of them that were not met
  std::size_t unsifted_ = 0;  ///< how many of the next hashes to collect without a look
};

}  // namespace synthgen
