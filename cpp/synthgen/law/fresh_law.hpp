#pragma once

#include "synthgen/random/token_sampler.hpp"

namespace synthgen {

/// The law of fresh draws: with probability `band_weight` from a band, else from all ranks. With it
/// comes the law of a draw that is repeated until it differs from another one, as the second token
/// of an alternation is, in the same band or not as the first attempt.
class FreshLaw {
 public:
  /// `second` may be asked for only if it is wanted: it costs a pass over the ranks.
  FreshLaw(const TokenSampler& sampler, bool with_second, const Band& band = {},
           double band_weight = 0);

  std::uint32_t size() const noexcept { return sampler_.size(); }
  bool is_uniform() const noexcept { return sampler_.is_uniform(); }
  const Band& band() const noexcept { return band_; }

  /// The probability of a rank in the content distribution, which noise has too.
  double content(std::uint32_t rank) const noexcept {
    return is_uniform() ? uniform_ : sampler_.probability(rank);
  }

  /// The probability of a fresh rank.
  double fresh(std::uint32_t rank) const noexcept {
    const double anywhere = content(rank);
    return band_weight_ == 0 ? anywhere
                             : band_weight_ * in_band(rank) + (1 - band_weight_) * anywhere;
  }

  /// The probability of a rank drawn until it differs from `excluded`.
  double other(std::uint32_t rank, std::uint32_t excluded) const noexcept;

  /// The same summed over an `excluded` that is fresh itself: the marginal law of the second token
  /// of an alternation.
  double second(std::uint32_t rank) const noexcept;

 private:
  double in_band(std::uint32_t rank) const noexcept { return sampler_.probability(rank, band_); }

  /// Σ over ranks a of a term that belongs to each, so that the sum without one rank is at hand: by
  /// subtraction, but for the one whose term is most of the sum.
  struct SumWithoutOne {
    double all = 0;
    std::uint32_t largest = 0;
    double without_largest = 0;
  };
  template <class Term>
  SumWithoutOne sum_over_ranks(const Term& term) const;
  static double without(const SumWithoutOne& sum, std::uint32_t rank, double term) noexcept {
    return rank == sum.largest ? sum.without_largest : sum.all - term;
  }

  // P(second = b) = in_band(b)·Σ_{a≠b} by_band_term(a) + content(b)·Σ_{a≠b} anywhere_term(a).
  double by_band_term(std::uint32_t first) const noexcept;
  double anywhere_term(std::uint32_t first) const noexcept;

  TokenSampler sampler_;
  Band band_;
  double band_weight_;
  double uniform_;
  SumWithoutOne by_band_;
  SumWithoutOne anywhere_;
};

}  // namespace synthgen
