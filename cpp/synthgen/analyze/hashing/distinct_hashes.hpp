#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// The number of different 64-bit hashes: exact up to `most` of them, beyond it estimated from the
/// density of the smallest ones (k / h for k hashes below the next one, h its share of the range;
/// Bar-Yossef et al. 2002), with a relative standard error of 1 / √most. A function of the hashes
/// alone, not of their order or of how parts were merged. Up to 32 bytes for each of `most`.
class DistinctHashes {
 public:
  /// `most` is at least 1.
  explicit DistinctHashes(std::uint64_t most) : most_(most) {}

  void add(std::uint64_t hash);
  /// The same for many, several times as fast: prefetches their slots.
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
  void insert(std::uint64_t hash) noexcept;
  /// The slot where the search for a hash starts.
  std::size_t first_place(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(hash * 0x9E3779B97F4A7C15 >> 32) & (slots_.size() - 1);
  }

  std::uint64_t most_;
  std::vector<std::uint64_t> slots_;  ///< a hash or 0; a power of two of them, half of them free
  std::uint64_t used_ = 0;
  std::optional<std::uint64_t> next_;  ///< the smallest hash that did not fit
};

}  // namespace synthgen
