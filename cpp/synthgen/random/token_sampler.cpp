#include "synthgen/random/token_sampler.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace synthgen {
namespace {

constexpr std::uint64_t one = std::uint64_t{1} << 32;

/// Weights round(p·size·2^32); the largest one takes what rounding left over.
std::vector<std::uint64_t> integer_weights(const std::vector<double>& probabilities) {
  const double scale = static_cast<double>(probabilities.size()) * 4294967296.0;
  std::vector<std::uint64_t> weights(probabilities.size());
  std::transform(probabilities.begin(), probabilities.end(), weights.begin(),
                 [&](double p) { return static_cast<std::uint64_t>(std::floor(p * scale + 0.5)); });
  const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  *std::max_element(weights.begin(), weights.end()) += probabilities.size() * one - total;
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

TokenSampler TokenSampler::conditioned(std::uint32_t first, std::uint32_t size) const {
  if (is_uniform()) return uniform(size);
  const auto begin = table_->weights.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(size);
  const auto sum = static_cast<double>(std::accumulate(begin, end, std::uint64_t{0}));
  if (sum == 0.0) return uniform(size);
  std::vector<double> probabilities(size);
  std::transform(begin, end, probabilities.begin(),
                 [&](std::uint64_t weight) { return static_cast<double>(weight) / sum; });
  return from_weights(integer_weights(probabilities));
}

TokenSampler TokenSampler::from_weights(std::vector<std::uint64_t> weights) {
  auto table = std::make_shared<Table>();
  const auto size = static_cast<std::uint32_t>(weights.size());
  table->columns.resize(size);
  std::vector<std::uint64_t> rest = weights;
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::uint32_t rank = 0; rank < size; ++rank) {
    table->columns[rank].alias = rank;
    (rest[rank] < one ? small : large).push_back(rank);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t needy = small.back();
    const std::uint32_t donor = large.back();
    small.pop_back();
    table->columns[needy] = {static_cast<std::uint32_t>(rest[needy]), donor};
    rest[donor] -= one - rest[needy];
    if (rest[donor] < one) {
      large.pop_back();
      small.push_back(donor);
    }
  }
  table->weights = std::move(weights);
  return {size, std::move(table)};
}

double TokenSampler::probability(std::uint32_t rank) const noexcept {
  if (is_uniform()) return 1.0 / size();
  return static_cast<double>(table_->weights[rank]) / (static_cast<double>(size()) * 4294967296.0);
}

std::uint32_t TokenSampler::draw(const TokenWords& words, std::uint64_t position,
                                 std::uint32_t& attempt) const noexcept {
  const std::uint32_t column = columns_.draw(words.ids, position, attempt);
  return is_uniform() ? column : resolve(column, words.fractions.word(position, attempt));
}

void TokenSampler::fill(const TokenWords& words, std::span<std::uint32_t> ranks) const noexcept {
  std::array<std::uint32_t, WordStream::group_size> ids;
  std::array<std::uint32_t, WordStream::group_size> fractions;
  for (std::size_t start = 0; start < ranks.size(); start += ids.size()) {
    const std::size_t count = std::min(ids.size(), ranks.size() - start);
    words.ids.group(start / ids.size(), ids);
    if (!is_uniform()) words.fractions.group(start / ids.size(), fractions);
    for (std::size_t i = 0; i < count; ++i) {
      if (!columns_.accepts(ids[i])) {
        std::uint32_t attempt = 1;
        ranks[start + i] = draw(words, start + i, attempt);
      } else {
        const std::uint32_t column = columns_.value(ids[i]);
        ranks[start + i] = is_uniform() ? column : resolve(column, fractions[i]);
      }
    }
  }
}

}  // namespace synthgen
