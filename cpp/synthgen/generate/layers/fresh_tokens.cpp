#include "synthgen/generate/layers/fresh_tokens.hpp"

#include "synthgen/random/draws.hpp"

namespace synthgen {

void FreshTokens::fill(std::uint64_t start, std::span<std::uint32_t> ranks) {
  if (in_band_.never() && start == 0) {
    sampler_.fill({words_.ids.stream(), words_.fractions.stream()}, ranks);
    return;
  }
  if (sampler_.is_uniform()) {
    each_group_part(start, ranks, [&](std::uint64_t position, std::span<std::uint32_t> part) {
      draw_all(all_ids_, 0, words_.ids, position, part);
      if (in_band_.never()) return;
      draw_where(in_band_, mask_, band_ids_, band_.first, words_.ids, position, part);
    });
    return;
  }
  for (std::size_t i = 0; i < ranks.size(); ++i) ranks[i] = draw(start + i);
}

std::uint32_t FreshTokens::draw_other(std::uint64_t position, std::uint32_t excluded) {
  const bool from_band = uses_band(position) && sampler_.probability(excluded, band_) < 1;
  for (std::uint32_t attempt = 0;; ++attempt) {
    const std::uint32_t rank = draw(position, from_band, attempt);
    if (rank != excluded || attempt + 1 >= WordStream::max_attempts) return rank;
  }
}

}  // namespace synthgen
