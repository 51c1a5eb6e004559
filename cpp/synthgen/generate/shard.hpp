#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthgen {

inline constexpr std::uint32_t most_shards = 99999;

/// A part of a dataset that is written by itself: part `index` of `count` contiguous parts of each
/// split. With `count` 0 it is the whole dataset, in files without a number.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 0;

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// Sequences `first` … `first + size` − 1 of a split.
struct SequenceRange {
  std::uint64_t first = 0;
  std::uint64_t size = 0;
};

/// The part of a split with `sequences` sequences that belongs to a shard. The parts of all shards
/// join to the whole; their sizes differ by one sequence at most.
SequenceRange range_of(const Shard& shard, std::uint64_t sequences) noexcept;

/// `stem`, the shard's number where it has one, and `extension`: `train-00003-of-00016.jsonl`.
std::string shard_file(std::string_view stem, const Shard& shard, std::string_view extension);

/// The part of such names after the number: "-of-00016".
std::string of_shards(std::uint32_t count);

/// "shard 3 of 16", or "the dataset" for all of it.
std::string text(const Shard& shard);

/// Shards `first` to `last`, both included, of `count`.
struct ShardRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t count = 0;

  friend bool operator==(const ShardRange&, const ShardRange&) = default;
};

/// Reads `3/16` or `3-7/16`, shards counted from 0. Fails (usage) with what is allowed.
Result<ShardRange> parse_shard_range(std::string_view text);

}  // namespace synthgen
