#pragma once

#include <cstdint>
#include <vector>

namespace synthgen {

/// A choice among alternatives with given weights by one random word. Probabilities are multiples
/// of 2^−32.
class WeightedChoice {
 public:
  WeightedChoice() = default;
  /// Weights are finite, at least 0 and not all 0.
  explicit WeightedChoice(const std::vector<double>& weights);

  std::size_t size() const noexcept { return upper_bounds_.size(); }
  std::size_t choose(std::uint32_t word) const noexcept;
  /// The probability of an alternative, after rounding.
  double probability(std::size_t choice) const noexcept;

 private:
  std::vector<std::uint64_t> upper_bounds_;  ///< ascending to 2^32
};

}  // namespace synthgen
