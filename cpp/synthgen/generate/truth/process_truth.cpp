#include "synthgen/generate/truth/process_truth.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

constexpr double longest_enumerated = 1 << 20;
constexpr double most_work = 1 << 24;
constexpr double rate_tolerance_bits = 1e-3;

double entropy_bits(std::span<const double> law) {
  double bits = 0;
  for (const double p : law) bits -= p > 0 ? p * std::log2(p) : 0;
  return bits + 0.0;
}

/// An error, rounded up to a power of ten, for a text.
double magnitude(double error) {
  return std::pow(10, std::ceil(std::log10(error)));
}

/// For each state the probability that the symbol that it emits comes twice.
std::vector<double> repeat_chances(const FiniteSource& source) {
  std::vector<double> chances(source.states());
  for (const FiniteSource::Transition& step : source.transitions()) {
    chances[step.from] += step.probability * source.emission(step.to)[step.symbol];
  }
  return chances;
}

/// The sum of `values` times the law of the state, over the first n positions, n = 0 … most.
std::vector<double> sums_over_positions(const FiniteSource& source,
                                        const std::vector<double>& values, std::size_t most) {
  std::vector<double> sums{0};
  std::vector<double> law = source.start();
  bool is_settled = false;
  double value = 0;
  while (sums.size() <= most) {
    if (!is_settled) {
      value = 0;
      for (std::size_t state = 0; state < law.size(); ++state) value += law[state] * values[state];
      std::vector<double> next = source.next_law(law);
      double change = 0;
      for (std::size_t i = 0; i < law.size(); ++i) change += std::fabs(next[i] - law[i]);
      is_settled = change < 1e-15;
      law = std::move(next);
    }
    sums.push_back(sums.back() + value);
  }
  return sums;
}

/// The mean for each token, over all sequences together.
double per_token(const std::vector<double>& sums, const LengthLayer& lengths) {
  double sum = 0;
  double tokens = 0;
  for (std::size_t length = lengths.shortest(); length <= lengths.longest(); ++length) {
    sum += sums[length];
    tokens += static_cast<double>(length);
  }
  return sum / tokens;
}

/// The mean over sequences of the mean over pairs of neighbours.
double per_pair(const std::vector<double>& sums, const LengthLayer& lengths) {
  double sum = 0;
  double sequences = 0;
  for (std::size_t length = std::max(2U, lengths.shortest()); length <= lengths.longest();
       ++length) {
    sum += sums[length - 1] / static_cast<double>(length - 1);
    ++sequences;
  }
  return sum / sequences;
}

}  // namespace

std::vector<Expectation> source_truth(const FiniteSource& source, const ProcessEntropy& entropy,
                                      const LengthLayer& lengths, const ParameterKeys& keys) {
  std::vector<Expectation> expectations;
  const double longest = lengths.longest();
  if (longest > longest_enumerated) return expectations;
  const ParameterKeys length_moves = joined_keys({keys, length_keys()});
  if (entropy.is_stationary ||
      longest * static_cast<double>(source.transitions().size()) <= most_work) {
    if (longest >= 2) {
      expectations.push_back(
          {"local_coherence",
           per_pair(sums_over_positions(source, repeat_chances(source), lengths.longest()),
                    lengths),
           "mean over positions of the sum over states and symbols of P(state) P(symbol, next | "
           "state) P(symbol | next)",
           "", length_moves});
    }
    std::vector<double> uncertain;
    for (std::uint32_t state = 0; state < source.states(); ++state) {
      uncertain.push_back(entropy_bits(source.emission(state)));
    }
    expectations.push_back(
        {"oracle_bits_per_token",
         per_token(sums_over_positions(source, uncertain, lengths.longest()), lengths),
         "mean over positions of the entropy of the symbol given the state", "bits per token",
         length_moves});
  }
  const std::vector<double> sums = entropy.cumulative_bits(lengths.longest(), rate_tolerance_bits);
  if (!sums.empty()) {
    const bool is_enumerated =
        entropy.is_settled || lengths.longest() <= entropy.conditional_bits.size();
    expectations.push_back(
        {"predictive_bits_per_token", per_token(sums, lengths),
         is_enumerated ? "mean over positions t of H(x_t | the tokens before it)"
                       : formatted("mean over positions t of H(x_t | the tokens before it), within "
                                   "{} bits",
                                   magnitude(2 * entropy.rate_error_bits)),
         "bits per token", length_moves});
  }
  return expectations;
}

std::vector<Expectation> process_truth(const ProcessEntropy& entropy, const ParameterKeys& keys) {
  const auto within = [](std::string formula, double error) {
    return error == 0 ? formula : formatted("{}, within {} bits", formula, magnitude(error));
  };
  std::vector<Expectation> expectations;
  if (entropy.rate_error_bits <= rate_tolerance_bits) {
    expectations.push_back(
        {"entropy_rate_bits", entropy.rate_bits,
         within("limit of H(x_t | the t tokens before it)", entropy.rate_error_bits),
         "bits per token", keys});
  }
  if (entropy.excess_bits) {
    expectations.push_back({"excess_entropy_bits", *entropy.excess_bits,
                            within("sum over t of H(x_t | the t tokens before it) - "
                                   "entropy_rate_bits",
                                   entropy.excess_error_bits),
                            "bits", keys});
  }
  if (entropy.complexity_bits) {
    expectations.push_back({"statistical_complexity_bits", *entropy.complexity_bits,
                            "entropy of the causal states", "bits", keys});
  }
  return expectations;
}

}  // namespace synthgen
