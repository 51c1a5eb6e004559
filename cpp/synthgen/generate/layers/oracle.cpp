#include "synthgen/generate/layers/oracle.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {
namespace {

/// A probability given that the rank is not the law's excluded one; `mass` is that one's.
double given_not_excluded(double probability, double excluded_mass) {
  return excluded_mass < 1 ? probability / (1 - excluded_mass) : 0;
}

/// p_t(x) of a fresh position. Where the band holds nothing but the excluded rank, the draw is
/// from all content ids, as in FreshTokens::draw_other.
double fresh_probability(const TokenSampler& sampler, const PositionLaw& law, std::uint32_t rank) {
  double anywhere = sampler.probability(rank);
  double in_band = law.band_weight > 0 ? sampler.probability(rank, law.band) : 0;
  if (law.excludes) {
    if (rank == law.excluded) return 0;
    anywhere = given_not_excluded(anywhere, sampler.probability(law.excluded));
    const double excluded_in_band =
        law.band_weight > 0 ? sampler.probability(law.excluded, law.band) : 0;
    in_band = excluded_in_band < 1 ? given_not_excluded(in_band, excluded_in_band) : anywhere;
  }
  return law.band_weight * in_band + (1 - law.band_weight) * anywhere;
}

/// log2 that remembers its last two arguments, since most tokens are of one or two kinds.
class RecurringLog2 {
 public:
  double operator()(double x) {
    if (x == x_) return log2_;
    std::swap(x_, other_x_);
    std::swap(log2_, other_log2_);
    if (x == x_) return log2_;
    x_ = x;
    return log2_ = portable_log2(x);
  }

 private:
  double x_ = 1;
  double log2_ = 0;
  double other_x_ = 1;
  double other_log2_ = 0;
};

}  // namespace

double oracle_bits(const Content& content, double noise, std::span<const PositionLaw> laws,
                   std::span<const std::uint32_t> clean, std::span<const std::uint32_t> noisy,
                   std::span<float> each) {
  double bits = 0;
  std::fill(each.begin(), each.end(), 0.0F);
  const auto charge = [&](std::size_t t, double cost) {
    bits += cost;
    if (!each.empty()) each[t] = static_cast<float>(cost + 0.0);
  };
  RecurringLog2 log2;
  // Most positions without noise cost the same, or nothing.
  const bool is_plain = noise == 0 && content.sampler().is_uniform();
  const double fresh_bits = is_plain ? portable_log2(content.sampler().probability(0)) : 0;
  for (std::size_t t = 0; t < noisy.size(); ++t) {
    const PositionLaw& law = laws[t];
    if (is_plain) {
      if (law.kind == PositionLaw::Kind::derived && noisy[t] == clean[t]) continue;
      if (law.kind == PositionLaw::Kind::fresh && law.band_weight == 0 && !law.excludes) {
        charge(t, -fresh_bits);
        continue;
      }
    }
    if (law.kind == PositionLaw::Kind::padding) continue;
    if (law.kind == PositionLaw::Kind::choice) {
      charge(t, log2(static_cast<double>(law.band.size)));
      continue;
    }
    double here = 0;
    if (law.kind == PositionLaw::Kind::derived) {
      here = noisy[t] == clean[t] ? 1 : 0;
    } else if (law.kind == PositionLaw::Kind::uniform) {
      here = law.band.contains(noisy[t]) ? 1.0 / law.band.size : 0;
    } else if (law.kind == PositionLaw::Kind::listed) {
      here = law.probabilities[content.rank(noisy[t])];
    } else {
      here = fresh_probability(content.sampler(), law, content.rank(noisy[t]));
    }
    const double replaced = law.is_spared ? 0 : noise;
    double probability = (1 - replaced) * here;
    if (replaced > 0) probability += replaced * content.probability_of_id(noisy[t]);
    charge(t, -log2(probability));
  }
  return bits + 0.0;
}

}  // namespace synthgen
