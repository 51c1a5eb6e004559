#include "synthgen/generate/truth/independent_truth.hpp"

#include "synthgen/generate/expectation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace synthgen {
namespace {

constexpr double most_terms = 1 << 20;

/// E[log2(1 + B)] for a binomial B: sums outwards from its mode, in units of the mode's
/// probability.
double mean_log2_of_successor(std::uint32_t trials, double p) {
  if (p >= 1) return std::log2(1.0 + trials);
  constexpr double negligible = 1e-20;
  const double n = trials;
  const double odds = p / (1 - p);
  const double mode = std::min(n, std::floor((n + 1) * p));
  double all = 1;
  double logs = std::log2(1 + mode);
  double weight = 1;
  for (double k = mode; k < n && weight > negligible; ++k) {
    weight *= (n - k) / (k + 1) * odds;
    all += weight;
    logs += weight * std::log2(k + 2);
  }
  weight = 1;
  for (double k = mode; k > 0 && weight > negligible; --k) {
    weight *= k / (n - k + 1) / odds;
    all += weight;
    logs += weight * std::log2(k);
  }
  return logs / all;
}

/// About how many terms that sum has.
double terms_of_mean(std::uint32_t trials, double p) {
  return 20 + 14 * std::sqrt(trials * p * (1 - p));
}

double number_of(const LengthLayer& lengths) {
  return static_cast<double>(lengths.longest()) - lengths.shortest() + 1;
}

/// That two sequences are equal: the sum over lengths L of P(L)^2 (sum of p^2)^L.
double pair_chance(const TokenSampler& sampler, const LengthLayer& lengths) {
  const double equal_tokens = repeat_probability(sampler);
  double chance = 0;
  for (std::uint32_t length = lengths.shortest(); length <= lengths.longest(); ++length) {
    chance += std::pow(equal_tokens, length);
  }
  return chance / (number_of(lengths) * number_of(lengths));
}

}  // namespace

std::optional<double> independent_entropy(const TokenSampler& sampler, const LengthLayer& lengths) {
  const std::uint32_t kinds = sampler.is_uniform() ? 1 : sampler.size();
  const double trials = lengths.longest();
  if (number_of(lengths) * (kinds * 20.0 + 14 * std::sqrt(trials * kinds)) > most_terms) {
    return std::nullopt;
  }
  double terms = 0;
  for (std::uint32_t rank = 0; rank < kinds; ++rank) {
    terms += terms_of_mean(lengths.longest(), sampler.probability(rank));
  }
  if (terms * number_of(lengths) > most_terms) return std::nullopt;
  double sum = 0;
  for (std::uint32_t length = lengths.shortest(); length <= lengths.longest(); ++length) {
    double missing = 0;
    for (std::uint32_t rank = 0; rank < kinds; ++rank) {
      const double p = sampler.probability(rank);
      const double share = sampler.is_uniform() ? 1 : p;
      if (p > 0) missing += share * mean_log2_of_successor(length - 1, p);
    }
    sum += std::log2(length) - missing;
  }
  return std::max(0.0, sum / number_of(lengths));
}

std::optional<double> independent_largest_share(const TokenSampler& sampler,
                                                const LengthLayer& lengths) {
  const double ids = sampler.size();
  const std::size_t longest = lengths.longest();
  if (!sampler.is_uniform() || static_cast<double>(longest) > std::min(ids + 1, most_terms)) {
    return std::nullopt;
  }
  // at_most[n] = P(largest count ≤ m) of n tokens; E[largest] sums 1 − it over m = 0, 1, ….
  std::vector<double> expected(longest + 1, 1);
  std::vector<double> at_most(longest + 1);
  double terms = 0;
  constexpr double negligible = 1e-14;  // of what the rounding of the sums leaves
  for (std::size_t m = 1; m < longest; ++m) {
    terms += static_cast<double>(longest) * static_cast<double>(m);
    if (terms > most_terms) return std::nullopt;
    std::fill(at_most.begin(), at_most.begin() + static_cast<std::ptrdiff_t>(m) + 1, 1.0);
    for (std::size_t n = m + 1; n <= longest; ++n) {
      const auto tokens = static_cast<double>(n);
      double ways = 1;  // n (n − 1) … (n − k + 1) / (ids^k k!)
      double sum = 0;
      for (std::size_t k = 1; k <= m; ++k) {
        const auto count = static_cast<double>(k);
        ways *= (tokens - count + 1) / (ids * count);
        sum += (count * (ids + 1) - tokens) / tokens * ways * at_most[n - k];
      }
      at_most[n] = sum;
      expected[n] += std::max(0.0, 1 - sum);
    }
    if (1 - at_most[longest] < negligible) break;
  }
  double sum = 0;
  for (std::size_t n = lengths.shortest(); n <= longest; ++n) {
    sum += expected[n] / static_cast<double>(n);
  }
  return sum / number_of(lengths);
}

std::optional<double> independent_vocab_usage(const TokenSampler& sampler,
                                              const LengthLayer& lengths, std::uint64_t sequences) {
  const std::uint32_t kinds = sampler.is_uniform() ? 1 : sampler.size();
  if (kinds > most_terms) return std::nullopt;
  const double different = number_of(lengths);
  const auto missed_by_all = [&](double p) {
    if (p <= 0) return 1.0;
    if (p >= 1) return 0.0;
    // The mean of (1 − p)^L over the lengths, to the power of the number of sequences.
    const double log_other = std::log1p(-p);
    const double missed = std::exp(lengths.shortest() * log_other) *
                          -std::expm1(different * log_other) / (different * p);
    return std::pow(std::min(1.0, missed), static_cast<double>(sequences));
  };
  if (sampler.is_uniform()) return sampler.size() * (1 - missed_by_all(sampler.probability(0)));
  double used = 0;
  for (std::uint32_t rank = 0; rank < kinds; ++rank) {
    used += 1 - missed_by_all(sampler.probability(rank));
  }
  return used;
}

std::optional<double> independent_sequence_diversity(const TokenSampler& sampler,
                                                     const LengthLayer& lengths,
                                                     std::uint64_t sequences) {
  const auto drawn = static_cast<double>(sequences);
  if (!sampler.is_uniform()) {
    const auto earlier = independent_copy_chance(sampler, lengths, sequences - 1);
    return earlier ? std::optional(1 - *earlier / 2) : std::nullopt;
  }
  if (number_of(lengths) > most_terms) return std::nullopt;
  const double of_length = 1 / number_of(lengths);
  double different = 0;
  for (std::uint32_t length = lengths.shortest(); length <= lengths.longest(); ++length) {
    const double possible = std::pow(static_cast<double>(sampler.size()), length);
    different += std::isinf(possible)
                     ? drawn * of_length
                     : possible * -std::expm1(drawn * std::log1p(-of_length / possible));
  }
  return std::min(1.0, different / drawn);
}

std::optional<double> independent_copy_chance(const TokenSampler& sampler,
                                              const LengthLayer& lengths, std::uint64_t sequences) {
  if (number_of(lengths) > most_terms) return std::nullopt;
  if (sequences == 0) return 0;
  const auto others = static_cast<double>(sequences);
  if (!sampler.is_uniform()) {
    constexpr double rare = 1e-9;  // then copies of several at once do not count
    const double chance = others * pair_chance(sampler, lengths);
    return chance < rare ? std::optional(chance) : std::nullopt;
  }
  const double of_length = 1 / number_of(lengths);
  double chance = 0;
  for (std::uint32_t length = lengths.shortest(); length <= lengths.longest(); ++length) {
    const double each = of_length * std::pow(static_cast<double>(sampler.size()), -1.0 * length);
    chance += of_length * -std::expm1(others * std::log1p(-each));
  }
  return chance;
}

std::optional<ExtremeLengths> extreme_lengths(const LengthLayer& lengths, std::uint64_t sequences) {
  // The sum over j = 1 … n − 1 of P(all lengths are among the j least), from the largest on.
  const double different = number_of(lengths);
  const auto drawn = static_cast<double>(sequences);
  constexpr double negligible = 1e-15;
  double inwards = 0;
  double terms = 0;
  for (double least = different - 1; least > 0; --least) {
    if (++terms > most_terms) return std::nullopt;
    const double all = std::pow(least / different, drawn);
    inwards += all;
    if (all < negligible * inwards) break;
  }
  return ExtremeLengths{lengths.shortest() + inwards, lengths.longest() - inwards};
}

}  // namespace synthgen
