#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {

WeightedChoice::WeightedChoice(const std::vector<double>& weights) {
  double largest = 0;
  for (const double weight : weights) largest = std::max(largest, weight);
  double total = 0;  // of weights divided by the largest, so that no sum overflows
  for (const double weight : weights) total += weight / largest;
  double sum = 0;
  std::size_t last_possible = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] / largest;
    upper_bounds_.push_back(
        static_cast<std::uint64_t>(std::floor(sum / total * 4294967296.0 + 0.5)));
    if (weights[i] > 0) last_possible = i;
  }
  for (std::size_t i = last_possible; i < upper_bounds_.size(); ++i) {
    upper_bounds_[i] = std::uint64_t{1} << 32;
  }
}

std::size_t WeightedChoice::choose(std::uint32_t word) const noexcept {
  const auto bound = std::upper_bound(upper_bounds_.begin(), upper_bounds_.end(), word);
  return static_cast<std::size_t>(bound - upper_bounds_.begin());
}

double WeightedChoice::probability(std::size_t choice) const noexcept {
  const std::uint64_t below = choice == 0 ? 0 : upper_bounds_[choice - 1];
  return static_cast<double>(upper_bounds_[choice] - below) / 4294967296.0;
}

}  // namespace synthgen
