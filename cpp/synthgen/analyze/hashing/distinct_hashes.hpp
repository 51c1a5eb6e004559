#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// How many different 64-bit hashes there are: exactly up to a number `most` of them, beyond it
/// from how close together the smallest ones lie (k / h for k hashes below the next one, h of all
/// of their range; Bar-Yossef et al. 2002), with a relative standard error of 1 / √most. What it
/// says is a function of the hashes alone, not of their order or of how parts were merged. Up to 32
/// bytes for each of `most`.
class DistinctHashes {
 public:
  /// `most` is at least 1.
  explicit DistinctHashes(std::uint64_t most) : most_(most) {}

  void add(std::uint64_t hash);
  /// The same for each of them, several times as fast: their places are asked for ahead of time.
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
  /// Keeps these instead, and of too many the smallest.
  void keep(std::vector<std::uint64_t> hashes);
  void insert(std::uint64_t hash) noexcept;
  /// The place of the table where a hash is looked for first.
  std::size_t first_place(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(hash * 0x9E3779B97F4A7C15 >> 32) & (slots_.size() - 1);
  }

  std::uint64_t most_;
  std::vector<std::uint64_t> slots_;  ///< a hash or 0; a power of two of them, half of them free
  std::uint64_t used_ = 0;
  std::optional<std::uint64_t> next_;  ///< the smallest hash that there was no room for
};

}  // namespace synthgen
