#include "synthgen/random/token_sampler.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace synthgen {
namespace {

constexpr std::uint64_t full_weight = std::uint64_t{1} << 32;

/// Weights round(p·size·2^32); the largest one takes what rounding left over.
std::vector<std::uint64_t> integer_weights(const std::vector<double>& probabilities) {
  const double scale = static_cast<double>(probabilities.size()) * 4294967296.0;
  std::vector<std::uint64_t> weights(probabilities.size());
  std::transform(probabilities.begin(), probabilities.end(), weights.begin(),
                 [&](double p) { return static_cast<std::uint64_t>(std::floor(p * scale + 0.5)); });
  const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  *std::max_element(weights.begin(), weights.end()) += probabilities.size() * full_weight - total;
  return weights;
}

}  // namespace

TokenSampler TokenSampler::uniform(std::uint32_t size) {
  return {size, nullptr};
}

TokenSampler TokenSampler::zipf(std::uint32_t size, double exponent) {
  std::vector<double> probabilities(size);
  double sum = 0.0;
  for (std::uint32_t rank = size; rank-- > 0;) {
    probabilities[rank] = portable_inverse_power(rank + 1.0, exponent);
    sum += probabilities[rank];
  }
  for (double& p : probabilities) p /= sum;
  return from_weights(integer_weights(probabilities));
}

TokenSampler TokenSampler::from_weights(std::vector<std::uint64_t> weights) {
  auto table = std::make_shared<Table>();
  const auto size = static_cast<std::uint32_t>(weights.size());
  table->columns.resize(size);
  table->cumulative.push_back(0);
  for (const std::uint64_t weight : weights) {
    table->cumulative.push_back(table->cumulative.back() + weight);
  }
  std::vector<std::uint64_t> rest = std::move(weights);
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::uint32_t rank = 0; rank < size; ++rank) {
    table->columns[rank].alias = rank;
    (rest[rank] < full_weight ? small : large).push_back(rank);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t needy = small.back();
    const std::uint32_t donor = large.back();
    small.pop_back();
    table->columns[needy] = {static_cast<std::uint32_t>(rest[needy]), donor};
    rest[donor] -= full_weight - rest[needy];
    if (rest[donor] < full_weight) {
      large.pop_back();
      small.push_back(donor);
    }
  }
  return {size, std::move(table)};
}

double TokenSampler::probability(std::uint32_t rank, const Band& band) const noexcept {
  if (!band.contains(rank)) return 0;
  const std::uint64_t total = is_uniform() ? 0 : weight(band);
  if (total == 0) return 1.0 / band.size;
  return static_cast<double>(weight({rank, 1})) / static_cast<double>(total);
}

std::uint32_t TokenSampler::rank_at(const Band& band, std::uint64_t unit) const noexcept {
  const std::uint64_t target = table_->cumulative[band.first] + unit;
  const auto begin = table_->cumulative.begin() + static_cast<std::ptrdiff_t>(band.first);
  const auto above =
      std::upper_bound(begin, begin + static_cast<std::ptrdiff_t>(band.size) + 1, target);
  return static_cast<std::uint32_t>(above - table_->cumulative.begin()) - 1;
}

void TokenSampler::fill(const TokenWords& words, std::span<std::uint32_t> ranks) const noexcept {
  std::array<std::uint32_t, 8 * WordStream::group_size> columns;
  std::array<std::uint32_t, columns.size()> fractions;
  const WordKernels& kernels = word_kernels();
  const auto block_of = [](std::size_t position) {
    return static_cast<std::uint32_t>(position / 4);
  };
  for (std::size_t start = 0; start < ranks.size();) {
    const std::size_t count = std::min(columns.size(), ranks.size() - start);
    const std::size_t groups = (count + WordStream::group_size - 1) / WordStream::group_size;
    const bool whole = count % WordStream::group_size == 0;
    std::uint32_t* const drawn = whole ? ranks.data() + start : columns.data();
    const bool accepted = kernels.products(words.ids.address(), block_of(start), columns_.range(),
                                           columns_.reject_below(), drawn, groups);
    if (!accepted) {
      for (std::size_t i = start; i < start + count; ++i) {
        std::uint32_t attempt = 0;
        ranks[i] = draw(words, i, attempt);
      }
    } else if (is_uniform()) {
      if (!whole) std::copy_n(drawn, count, ranks.data() + start);
    } else {
      kernels.words(words.fractions.address(), block_of(start), fractions.data(), groups);
      for (std::size_t i = 0; i < count; ++i) ranks[start + i] = resolve(drawn[i], fractions[i]);
    }
    start += count;
  }
}

}  // namespace synthgen
