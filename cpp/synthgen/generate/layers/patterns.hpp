#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/generate/layers/latents.hpp"
#include "synthgen/law/segment_law.hpp"
#include "synthgen/random/bounded.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// The tokens that one pattern covers: ranks that hold fresh draws and are derived from one
/// another in place.
struct PatternTokens {
  std::span<std::uint32_t> ranks;
  std::span<PositionLaw> laws;  ///< one for each rank, or empty when not wanted
  /// Position in the sequence of each rank; empty: start, start + 1, …
  std::span<const std::uint32_t> positions = {};
  std::size_t start = 0;

  std::uint64_t position(std::size_t i) const {
    return positions.empty() ? start + i : positions[i];
  }
};

/// Derives the tokens of a pattern from its own fresh ones. `content_size` is the number of
/// content ids; a reversal mirrors `full_length`, of which the tokens may be the beginning only.
void derive_pattern(SpanKind kind, std::uint32_t period, std::uint32_t full_length,
                    std::uint32_t content_size, FreshTokens& fresh, const PatternTokens& tokens);

/// The decisions about segments and their patterns.
///
/// Segment j reads words 8j … 8j + 7 of the structure substream, whatever the segments before it
/// turned out to be: its length, whether it is a pattern, the type, the period, whether a condition
/// steers the type. So a change of a probability moves no border and no neighbour's decision.
class PatternDecisions {
 public:
  explicit PatternDecisions(const Config& config);

  /// The shortest length that a segment can have.
  std::uint32_t shortest() const noexcept { return shortest_; }
  double pattern_probability() const noexcept { return is_pattern_.probability(); }
  const std::vector<SpanKind>& types() const noexcept { return types_; }

  /// How a condition steers the type: with probability `strength` it is `type`.
  struct Steer {
    Decision strength;
    SpanKind type;
  };

  /// Segment j: kind, full_length, period, steered. `start` and `length` are left to the caller.
  Span segment(WordReader& words, std::uint64_t j, const std::optional<Steer>& steer = {}) const;

  /// The law of segments.
  SegmentLaw law(const std::optional<Steer>& steer = {}) const;

  /// The pattern number j over `slots` tokens: as a segment of that length that is a pattern.
  Span pattern(WordReader& words, std::uint64_t j, std::uint32_t slots) const;

 private:
  void choose_type(WordReader& words, std::uint64_t first_word, const std::optional<Steer>& steer,
                   Span& span) const;

  std::uint32_t shortest_;
  Bounded extra_length_;
  Decision is_pattern_;
  std::vector<SpanKind> types_;
  Bounded type_;
};

}  // namespace synthgen
