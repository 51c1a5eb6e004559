#pragma once

#include "synthgen/generate/layers/latents.hpp"
#include "synthgen/generate/layers/oracle.hpp"
#include "synthgen/random/decision.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <span>

namespace synthgen {

/// The fresh draws of one sequence: position t draws from the content stream's position t, either
/// from a band (when the position's own decision holds) or from all content ids. One law for the
/// styles of conditions and for the bands of the hierarchy.
class FreshTokens {
 public:
  /// `mask` is the substream of the decisions; not read when `in_band` never holds.
  FreshTokens(const TokenSampler& sampler, const Item& item, Decision in_band, Substream mask)
      : sampler_(sampler),
        words_(TokenReader::content(item)),
        in_band_(in_band),
        all_ids_(sampler.size()),
        mask_(WordStream(item, mask)) {}

  /// Draws from the content distribution alone.
  FreshTokens(const TokenSampler& sampler, const Item& item)
      : FreshTokens(sampler, item, Decision(), Substream::content) {}

  /// The band that the following calls prefer.
  void prefer(const Band& band) noexcept {
    band_ = band;
    band_ids_ = Bounded(band.size);
  }

  bool uses_band(std::uint64_t position) {
    return !in_band_.never() && in_band_.holds(mask_.word(position));
  }

  /// The rank at a position.
  std::uint32_t draw(std::uint64_t position) {
    std::uint32_t attempt = 0;
    return draw(position, uses_band(position), attempt);
  }

  /// The ranks at positions start … start + ranks.size() − 1.
  void fill(std::uint64_t start, std::span<std::uint32_t> ranks);

  /// The rank at a position, drawn again by attempts until it is not `excluded`. Where the
  /// preferred band holds nothing else, from all content ids.
  std::uint32_t draw_other(std::uint64_t position, std::uint32_t excluded);

  /// The law of `draw`.
  PositionLaw law() const {
    PositionLaw law;
    law.band_weight = in_band_.probability();
    law.band = band_;
    return law;
  }

  /// The law of `draw_other`.
  PositionLaw law_other(std::uint32_t excluded) const {
    PositionLaw law = this->law();
    law.excludes = true;
    law.excluded = excluded;
    return law;
  }

 private:
  std::uint32_t draw(std::uint64_t position, bool from_band, std::uint32_t& attempt) {
    return from_band ? sampler_.draw(band_, words_, position, attempt)
                     : sampler_.draw(words_, position, attempt);
  }

  const TokenSampler& sampler_;
  TokenReader words_;
  Decision in_band_;
  Bounded all_ids_;
  WordReader mask_;
  Band band_;
  Bounded band_ids_{1};
};

}  // namespace synthgen
