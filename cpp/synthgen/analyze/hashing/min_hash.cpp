#include "synthgen/analyze/hashing/min_hash.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// A bijection of 64-bit numbers that scatters them: the finalizer of SplitMix64 (Steele, Lea,
/// Flood 2014).
std::uint64_t scattered(std::uint64_t x) noexcept {
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
  x = (x ^ x >> 27) * 0x94D049BB133111EB;
  return x ^ x >> 31;
}

std::uint64_t shingle_hash(std::uint32_t a, std::uint32_t b, std::uint32_t c) noexcept {
  const std::uint64_t pair = (std::uint64_t{a} << 32 | b) + 0x9E3779B97F4A7C15;
  return scattered(scattered(pair) + c);
}

}  // namespace

MinHash MinHash::of(std::span<const std::uint32_t> sequence) {
  constexpr std::uint64_t empty = ~std::uint64_t{0};
  constexpr unsigned bin_shift = 58;
  static_assert(rows == std::size_t{1} << (64 - bin_shift));
  std::array<std::uint64_t, rows> least;
  least.fill(empty);
  MinHash sketch;
  sketch.smallest = empty;
  for (std::size_t t = 0; t + 2 < sequence.size(); ++t) {
    const std::uint64_t hash = shingle_hash(sequence[t], sequence[t + 1], sequence[t + 2]);
    std::uint64_t& bin = least[static_cast<std::size_t>(hash >> bin_shift)];
    bin = std::min(bin, hash);
    // Another order of the hashes than the bins', so that it says nothing about them.
    sketch.smallest = std::min(sketch.smallest, hash * 0xD6E8FEB86659FD93);
  }
  for (std::size_t i = 0; i < rows; ++i) {
    std::size_t donor = i;
    for (std::uint64_t attempt = 1; least[donor] == empty; ++attempt) {
      donor = static_cast<std::size_t>(scattered(attempt << 8 | i) >> bin_shift);
    }
    sketch.row[i] = static_cast<std::uint16_t>(scattered(least[donor]));
  }
  return sketch;
}

std::size_t MinHash::rows_shared_with(const MinHash& other) const noexcept {
  std::size_t shared = 0;
  for (std::size_t i = 0; i < rows; ++i) shared += row[i] == other.row[i] ? 1 : 0;
  return shared;
}

}  // namespace synthgen
