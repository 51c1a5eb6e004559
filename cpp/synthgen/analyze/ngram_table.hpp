#pragma once

#include "synthgen/analyze/state_archive.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// An n-gram and how often it occurs.
struct NgramCount {
  std::vector<std::uint32_t> pattern;
  std::uint64_t count = 0;

  friend bool operator==(const NgramCount&, const NgramCount&) = default;
};

/// Whether an n-gram comes first in a list of the most common ones: ties in lexicographic order.
bool is_more_common(const NgramCount& a, const NgramCount& b);

/// Exact counts of n-grams of any ids: an open-addressing table over a flat list of keys.
class NgramTable {
 public:
  explicit NgramTable(unsigned n) : n_(n) {}

  void count(std::span<const std::uint32_t> ngram, std::uint64_t times = 1);
  void merge(const NgramTable& other);
  void exchange(StateArchive& archive);

  /// The `top` most common n-grams, most common first.
  std::vector<NgramCount> most_common(std::size_t top) const;

 private:
  std::span<const std::uint32_t> key(std::uint32_t entry) const noexcept {
    return {keys_.data() + std::size_t{entry} * n_, n_};
  }
  void grow();

  unsigned n_;
  std::vector<std::uint32_t> slots_;  ///< entry + 1, or 0 for a free slot; a power of two of them
  std::vector<std::uint32_t> keys_;   ///< n_ tokens an entry
  std::vector<std::uint64_t> counts_;
};

}  // namespace synthgen
