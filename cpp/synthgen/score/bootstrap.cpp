#include "synthgen/score/bootstrap.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace synthgen {
namespace {

/// The largest word that still means k, for k = 0, 1, …: P(Poisson(1) ≤ k) in units of 2^−32.
constexpr auto poisson_limits = [] {
  std::array<std::uint32_t, 13> limits{};
  double term = 0.36787944117144233;  // 1/e
  double sum = 0;
  for (std::size_t k = 0; k < limits.size(); ++k) {
    sum += term;
    limits[k] = static_cast<std::uint32_t>(std::min(sum * 4294967296.0, 4294967295.0));
    term /= static_cast<double>(k + 1);
  }
  return limits;
}();

unsigned poisson(std::uint32_t word) noexcept {
  unsigned k = 0;
  while (k + 1 < poisson_limits.size() && word > poisson_limits[k]) ++k;
  return k;
}

/// The draws are no part of any dataset; a seed of their own keeps them apart from a dataset's.
constexpr std::uint64_t bootstrap_seed = 0x626f6f7473;

/// The value that a share of the sorted values is below, linear between neighbours.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

void Bootstrap::add(std::uint64_t index, std::span<const MeanTerm> terms) {
  PhiloxEngine words(Item{bootstrap_seed, Split::train, index}, Substream::custom);
  std::array<std::uint8_t, resamples> weights;
  for (std::uint8_t& weight : weights) weight = static_cast<std::uint8_t>(poisson(words()));
  for (std::size_t m = 0; m < means_.size(); ++m) {
    const auto& [sum, count] = terms[m];
    if (count == 0) continue;
    Mean& mean = means_[m];
    mean.sum += sum;
    mean.count += count;
    ++mean.sequences;
    for (std::size_t i = 0; i < resamples; ++i) {
      mean.sums[i] += weights[i] * sum;
      mean.counts[i] += weights[i] * static_cast<double>(count);
    }
  }
}

std::optional<MeanInterval> Bootstrap::interval(std::size_t which) const {
  constexpr double tail = 0.025;
  const Mean& mean = means_[which];
  if (mean.count == 0) return std::nullopt;
  MeanInterval interval{mean.sum / static_cast<double>(mean.count), {}, {}, {}};
  std::vector<double> means;
  for (std::size_t i = 0; i < resamples; ++i) {
    if (mean.counts[i] > 0) means.push_back(mean.sums[i] / mean.counts[i]);
  }
  if (mean.sequences < 2 || means.empty()) return interval;
  std::sort(means.begin(), means.end());
  interval.low = quantile(means, tail);
  interval.high = quantile(means, 1 - tail);
  interval.most = means.back();
  return interval;
}

}  // namespace synthgen
