#include "synthgen/generate/truth/lag_truth.hpp"

#include "synthgen/generate/expectation.hpp"
#include "synthgen/generate/layers/patterns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace synthgen {
namespace {

constexpr std::int64_t longest_lag = 64;

/// Σ over the lengths L in [shortest, longest] of max(0, L − d).
double pairs_at(const LengthLayer& lengths, std::int64_t d) {
  const std::int64_t first = std::max<std::int64_t>(lengths.shortest(), d);
  const std::int64_t last = lengths.longest();
  if (last <= d) return 0;
  return static_cast<double>(first - d + last - d) * static_cast<double>(last - first + 1) / 2;
}

/// The expected number of equal pairs inside pattern segments beyond chance.
///
/// Segments begin at the points of a renewal process: u(0) = 1, u(t) = Σ_ℓ f u(t − ℓ), with lengths
/// ℓ uniform on [shortest, longest]. A segment of length ℓ of which k tokens exist has k − d
/// pairs at lag d. In a repetition of period p they are equal when p divides d, in an alternation
/// when d is even and never else, in a progression never (unless it wraps to the same id), and in a
/// reversal the pair around the middle is, if there is one; all others are equal with probability
/// 1/n. Over all lengths L of sequences, Σ_L Σ_s u(s) e(ℓ, min(ℓ, L − s)) is, with the prefix sums
/// U of u, Σ_L U(L − ℓ) e(ℓ, ℓ) + Σ_{k < ℓ} Σ_L u(L − k) e(ℓ, k).
class PatternPairs {
 public:
  PatternPairs(const Config& config, const LengthLayer& lengths)
      : decisions_(config),
        ids_(config.vocab_size),
        chance_(1.0 / static_cast<double>(config.vocab_size)),
        shortest_((config.pattern_length + 1) / 2),
        longest_(3 * config.pattern_length / 2),
        from_(lengths.shortest()),
        to_(lengths.longest()) {
    const double f = 1.0 / static_cast<double>(longest_ - shortest_ + 1);
    sums_.push_back(1);
    double twice = 1;
    sums_of_sums_.push_back(twice);
    for (std::int64_t t = 1; t <= to_; ++t) {
      const double u = f * (at(sums_, t - shortest_) - at(sums_, t - longest_ - 1));
      sums_.push_back(sums_.back() + u);
      twice += sums_.back();
      sums_of_sums_.push_back(twice);
    }
  }

  /// Summed over one sequence of each length.
  double excess(std::int64_t d) const {
    double sum = 0;
    for (std::int64_t length = shortest_; length <= longest_; ++length) {
      const double whole = at(sums_of_sums_, to_ - length) - at(sums_of_sums_, from_ - 1 - length);
      sum += whole * in_segment(length, length, d);
      for (std::int64_t k = d + 1; k < length; ++k) {
        // Σ_L u(L − k)
        const double begun = at(sums_, to_ - k) - at(sums_, from_ - 1 - k);
        sum += begun * in_segment(length, k, d);
      }
    }
    const auto lengths = static_cast<double>(longest_ - shortest_ + 1);
    return decisions_.pattern_probability() * sum / lengths;
  }

 private:
  static double at(const std::vector<double>& sums, std::int64_t t) {
    return t < 0 ? 0 : sums[static_cast<std::size_t>(t)];
  }

  /// What `k` tokens of a pattern of that length have beyond chance, over the types.
  double in_segment(std::int64_t length, std::int64_t k, std::int64_t d) const {
    if (k <= d) return 0;
    const auto pairs = static_cast<double>(k - d);
    double sum = 0;
    for (const SpanKind type : decisions_.types()) sum += surely(type, length, k, d, pairs);
    return sum / static_cast<double>(decisions_.types().size());
  }

  double surely(SpanKind type, std::int64_t length, std::int64_t k, std::int64_t d,
                double pairs) const {
    const double equal = 1 - chance_;
    switch (type) {
      case SpanKind::repetition: {
        const std::int64_t longest_period = std::max<std::int64_t>(3, length / 2);
        std::int64_t dividing = 0;
        for (std::int64_t p = 3; p <= std::min(longest_period, d); ++p) dividing += d % p == 0;
        return pairs * equal * static_cast<double>(dividing) /
               static_cast<double>(longest_period - 2);
      }
      case SpanKind::alternation:
        return pairs * (d % 2 == 0 ? equal : -chance_);
      case SpanKind::progression:
        return pairs * (d % ids_ == 0 ? equal : -chance_);
      case SpanKind::reversal: {
        const bool has_middle = length - 1 >= d && (length - 1 - d) % 2 == 0;
        return has_middle && (length - 1 - d) / 2 + d < k ? equal : 0;
      }
      default:
        return 0;
    }
  }

  PatternDecisions decisions_;
  std::int64_t ids_;
  double chance_;  ///< that two independent tokens are equal
  std::int64_t shortest_;
  std::int64_t longest_;
  std::int64_t from_;  ///< shortest sequence
  std::int64_t to_;
  std::vector<double> sums_;          ///< U(t) = Σ_{s ≤ t} u(s)
  std::vector<double> sums_of_sums_;  ///< Σ_{s ≤ t} U(s)
};

bool is_quick(const Config& config, const LengthLayer& lengths) {
  constexpr std::int64_t most_steps = 2'000'000;
  constexpr std::uint32_t longest_computed = 10'000'000;
  return config.pattern_length < most_steps &&
         config.pattern_length * config.pattern_length <= most_steps &&
         lengths.longest() <= longest_computed;
}

/// Leaves no share at lags that no sequence is long enough for.
void remove_lags_without_pairs(const LengthLayer& lengths, std::vector<double>& shares) {
  for (std::int64_t d = 1; d <= longest_lag; ++d) {
    if (pairs_at(lengths, d) <= 0) {
      shares[static_cast<std::size_t>(d - 1)] = std::numeric_limits<double>::quiet_NaN();
    }
  }
}

}  // namespace

std::vector<double> independent_lag_equality(const TokenSampler& sampler,
                                             const LengthLayer& lengths) {
  std::vector<double> shares(longest_lag, repeat_probability(sampler));
  remove_lags_without_pairs(lengths, shares);
  return shares;
}

std::vector<double> pattern_lag_equality(const Config& config, const TokenSampler& sampler,
                                         const LengthLayer& lengths, double noise) {
  if (!sampler.is_uniform() || !is_quick(config, lengths)) return {};
  std::vector<double> shares(longest_lag, repeat_probability(sampler));
  const PatternPairs patterns(config, lengths);
  const double clean = 1 - noise;
  for (std::int64_t d = 1; d <= longest_lag; ++d) {
    const double pairs = pairs_at(lengths, d);
    if (pairs > 0) {
      shares[static_cast<std::size_t>(d - 1)] += clean * clean * patterns.excess(d) / pairs;
    }
  }
  remove_lags_without_pairs(lengths, shares);
  return shares;
}

}  // namespace synthgen
