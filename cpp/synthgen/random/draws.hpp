#pragma once

#include "synthgen/random/bounded.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <span>

namespace synthgen {

/// Writes first + the draw from `range` at `position` + i to values[i], for all positions. The same
/// as `Bounded::draw` position by position, in vectors.
void draw_all(const Bounded& range, std::uint32_t first, WordReader& words, std::uint64_t position,
              std::span<std::uint32_t> values);

/// The same where `decision` holds at a position of `decisions`; other values stay. Not for a
/// decision that never holds.
void draw_where(Decision decision, WordReader& decisions, const Bounded& range, std::uint32_t first,
                WordReader& words, std::uint64_t position, std::span<std::uint32_t> values);

}  // namespace synthgen
