#include "synthgen/law/fresh_law.hpp"

#include <array>

namespace synthgen {

FreshLaw::FreshLaw(const TokenSampler& sampler, bool with_second, const Band& band,
                   double band_weight)
    : sampler_(sampler), band_(band), band_weight_(band_weight), uniform_(1.0 / sampler.size()) {
  if (!with_second) return;
  if (band_weight_ > 0) by_band_ = sum_over_ranks([&](auto rank) { return by_band_term(rank); });
  anywhere_ = sum_over_ranks([&](auto rank) { return anywhere_term(rank); });
}

/// Where the band holds nothing but the excluded rank, the draw is from all ranks.
double FreshLaw::other(std::uint32_t rank, std::uint32_t excluded) const noexcept {
  if (rank == excluded) return 0;
  const double anywhere = content(rank) / (1 - content(excluded));
  if (band_weight_ == 0) return anywhere;
  const double excluded_in_band = in_band(excluded);
  const double from_band = excluded_in_band < 1 ? in_band(rank) / (1 - excluded_in_band) : anywhere;
  return band_weight_ * from_band + (1 - band_weight_) * anywhere;
}

double FreshLaw::second(std::uint32_t rank) const noexcept {
  const double anywhere = content(rank) * without(anywhere_, rank, anywhere_term(rank));
  if (band_weight_ == 0) return anywhere;
  return in_band(rank) * without(by_band_, rank, by_band_term(rank)) + anywhere;
}

double FreshLaw::by_band_term(std::uint32_t first) const noexcept {
  const double first_in_band = in_band(first);
  return first_in_band < 1 ? band_weight_ * fresh(first) / (1 - first_in_band) : 0;
}

double FreshLaw::anywhere_term(std::uint32_t first) const noexcept {
  const double others = 1 - content(first);
  if (others == 0) return 0;
  const bool band_is_first = band_weight_ > 0 && in_band(first) == 1;
  return fresh(first) * (band_is_first ? 1 : 1 - band_weight_) / others;
}

template <class Term>
FreshLaw::SumWithoutOne FreshLaw::sum_over_ranks(const Term& term) const {
  SumWithoutOne sum;
  if (is_uniform()) {  // the ranks of the band are alike, and so are the others
    const std::uint32_t outsider = band_.first == 0 ? band_.size : 0;
    const double inside = band_.size > 0 ? term(band_.first) : 0;
    const double outside = band_.size < size() ? term(outsider) : 0;
    const double insiders = band_.size;
    const double outsiders = size() - band_.size;
    sum.all = insiders * inside + outsiders * outside;
    sum.largest = inside >= outside ? band_.first : outsider;
    sum.without_largest = inside >= outside ? (insiders - 1) * inside + outsiders * outside
                                            : insiders * inside + (outsiders - 1) * outside;
    return sum;
  }
  double largest = -1;
  for (std::uint32_t rank = 0; rank < size(); ++rank) {
    const double each = term(rank);
    sum.all += each;
    if (each > largest) {
      sum.without_largest += largest < 0 ? 0 : largest;
      largest = each;
      sum.largest = rank;
    } else {
      sum.without_largest += each;
    }
  }
  return sum;
}

}  // namespace synthgen
