#pragma once

#include "synthgen/analyze/state_archive.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace synthgen {

/// Exact counts of 64-bit keys, most of which may occur once: keys are only collected, in
/// partitions that fit a processor's cache, and counted when asked for. 8 bytes a key, and once
/// 2^25 of them are waiting, 16 bytes a different key.
class KeyCounts {
 public:
  using Entry = std::pair<std::uint64_t, std::uint64_t>;  ///< key and count

  /// Counts when `most_waiting` keys wait.
  explicit KeyCounts(std::uint64_t most_waiting = std::uint64_t{1} << 25)
      : most_waiting_(most_waiting), compact_at_(most_waiting) {}

  void add(std::uint64_t key) {
    waiting_[partition_of(key)].push_back(key);
    if (++waiting_total_ >= compact_at_) compact();
  }
  void merge(const KeyCounts& other);
  void exchange(StateArchive& archive);

  /// The `top` most frequent keys, most frequent first, ties by ascending key.
  std::vector<Entry> most_common(std::size_t top) const;

 private:
  static constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;  // odd: no two keys mix alike
  static constexpr unsigned partition_bits = 11;
  static constexpr unsigned partition_shift = 64 - partition_bits;
  static constexpr std::size_t partitions = std::size_t{1} << partition_bits;

  static std::size_t partition_of(std::uint64_t key) noexcept {
    return static_cast<std::size_t>(key * multiplier >> partition_shift);
  }
  void compact();
  /// The partition's keys that occur at least twice, with their counts, in any order.
  void repeated(std::size_t partition, std::vector<Entry>& entries) const;
  /// The partition's keys up to `limit` that occur once.
  void single(std::size_t partition, std::uint64_t limit, std::vector<Entry>& entries) const;

  std::vector<std::vector<std::uint64_t>> waiting_{partitions};
  std::vector<std::vector<Entry>> counted_{partitions};  ///< by ascending key
  std::uint64_t most_waiting_;
  std::uint64_t waiting_total_ = 0;
  std::uint64_t compact_at_;
};

}  // namespace synthgen
