#pragma once

#include "synthgen/random/kernels/word_kernels.hpp"

namespace synthgen {

/// `WordKernels::draw_where` one by one, from draw number `start` on.
inline bool draw_where_from(const MaskedDraws& draws, std::size_t start) noexcept {
  bool accepted = true;
  for (std::size_t i = start; i < draws.count; ++i) {
    const std::uint64_t product = std::uint64_t{draws.words[i]} * draws.range;
    const bool holds = draws.decisions[i] <= draws.last;
    // Without a branch, which would be mispredicted as often as the decision is open.
    const std::uint32_t mask = 0U - (holds ? 1U : 0U);
    const std::uint32_t drawn = draws.first + static_cast<std::uint32_t>(product >> 32);
    draws.values[i] = (drawn & mask) | (draws.values[i] & ~mask);
    accepted = accepted && (static_cast<std::uint32_t>(product) | ~mask) >= draws.reject_below;
  }
  return accepted;
}

}  // namespace synthgen
