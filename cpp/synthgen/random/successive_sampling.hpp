#pragma once

#include "synthgen/random/stream.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// Weighted draws without replacement: each draw takes one of the items that are left with a
/// probability proportional to its weight, exactly.
class SuccessiveSampling {
 public:
  /// Weights are at least 1 each and below 2^63 together.
  explicit SuccessiveSampling(std::vector<std::uint64_t> weights);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(weights_.size()); }
  std::uint64_t weight(std::uint32_t item) const { return weights_[item]; }
  std::uint64_t total() const noexcept { return total_; }

  /// The first `count` draws, at most `size()`. Draw j reads the words at 2j and 2j + 1, so that
  /// more draws leave the ones before them alone.
  std::vector<std::uint32_t> draw(const WordStream& words, std::uint32_t count) const;

 private:
  std::vector<std::uint64_t> weights_;
  std::vector<std::uint64_t> tree_;  ///< Fenwick tree of the weights, from index 1
  std::uint64_t total_ = 0;
};

/// The weights round(i^(a − 1)·2^38), i = 1 … size, for a in [0, 1]; the same on every platform.
/// `size` is at most 2^24.
std::vector<std::uint64_t> power_law_weights(std::uint32_t size, double a);

}  // namespace synthgen
