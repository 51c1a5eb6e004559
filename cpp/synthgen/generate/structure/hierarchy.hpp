#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/family.hpp"
#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace synthgen {

/// A span at the lowest local level, with the band that its tokens prefer.
struct Leaf {
  std::uint32_t start = 0;
  std::uint32_t length = 0;
  Band band = {};
  /// The earlier leaf that this one copies, as start and length.
  std::optional<Run> source = {};
};

/// The leaf as a span of the latents.
Span band_span(const Leaf& leaf);

/// The levels of the hierarchical family above the tokens: a theme for the sequence, then spans
/// that narrow it.
///
/// A span on local level l that starts at position t reads words 4t … 4t + 3 of its level's own
/// substream: whether it narrows, to which sub-band, whether it is an echo. So no decision depends
/// on another span's.
class Hierarchy {
 public:
  /// Local levels beyond this many would cut no sequence any further.
  static constexpr std::int64_t max_levels = 16;

  Hierarchy(const Config& config, std::uint32_t content_size);

  /// Bands at each cut.
  std::uint32_t themes() const noexcept { return content_size_ < 4 ? content_size_ : 4; }
  Band theme_band(std::uint32_t theme) const noexcept { return all_ids().part(theme, themes()); }
  /// The sequence's own theme.
  std::uint32_t theme(const Item& item) const noexcept;

  /// The leaves over positions start … end − 1, in order; empty ones are left out.
  std::vector<Leaf> leaves(const Item& item, std::uint32_t theme, std::uint32_t start,
                           std::uint32_t end, bool with_echoes) const;

  int local_levels() const noexcept { return local_levels_; }
  bool has_token_level() const noexcept { return has_token_level_; }
  Decision structure() const noexcept { return structure_; }
  Decision coherence() const noexcept { return coherence_; }

  /// Fresh tokens that prefer a band with probability global_coherence.
  FreshTokens fresh_tokens(const TokenSampler& sampler, const Item& item) const;

  /// P(leaf band, theme band): what a position can meet, with probabilities that sum to 1. Bands of
  /// equal sizes are counted as one when `by_size`.
  struct BandChance {
    Band leaf;
    Band theme;
    double probability;
  };
  std::vector<BandChance> band_chances(bool by_size) const;

 private:
  Band all_ids() const noexcept { return {0, content_size_}; }
  static constexpr std::uint32_t fewest_ids_to_narrow = 4;

  std::uint32_t content_size_;
  int local_levels_;
  bool has_token_level_;
  Decision structure_;
  Decision coherence_;
};

/// The token level: inside a leaf a token is, with probability structure_probability, the successor
/// of the one before it, where that one lies in the leaf and in its band; else a fresh draw.
class LeafTokens {
 public:
  LeafTokens(const Hierarchy& hierarchy, const Item& item, FreshTokens& fresh, Draft& draft)
      : successor_(hierarchy.has_token_level() ? hierarchy.structure() : Decision()),
        mask_(WordStream(item, mask_substream)),
        fresh_(fresh),
        draft_(draft),
        is_successor_(draft.latents == nullptr ? 0 : draft.tokens.size()) {}

  /// Puts fresh draws at positions start … end − 1 of a leaf.
  void draw(const Leaf& leaf, std::size_t start, std::size_t end);

  /// Excludes positions, which belong to patterns, from those that `succeed` replaces.
  void keep(std::size_t start, std::size_t length);

  /// Replaces the draws there by successors, where they succeed. The leaf's tokens before them are
  /// written.
  void succeed(const Leaf& leaf, std::size_t start, std::size_t end);

  /// Copies what fits of the leaf's source; returns the position after it.
  std::size_t copy_source(const Leaf& leaf);

  /// Adds successor spans to the draft's latents, if it has any, and brings the spans in order of
  /// their start.
  void describe() const;

 private:
  static constexpr Substream mask_substream{18};

  static constexpr std::size_t group_size = WordStream::group_size;

  /// `succeed` for positions whose words lie in one group.
  void succeed_in_group(const Leaf& leaf, std::size_t position, std::span<std::uint32_t> tokens);
  void mark_successor(std::size_t position);

  Decision successor_;
  WordReader mask_;
  FreshTokens& fresh_;
  Draft& draft_;
  std::vector<std::uint64_t> kept_;  ///< a bit for each position, the first the lowest; or empty
  std::vector<bool> is_successor_;   ///< for each position, copied ones included
};

/// P(a token of a span is a successor, as made or as copied) and P(it lies in the theme's band,
/// noise included), averaged over the positions of spans with the given lengths (as pairs of length
/// and weight).
struct TokenLevelRates {
  double successor_rate;
  double theme_share;
};
TokenLevelRates token_level_rates(const Hierarchy& hierarchy, const TokenSampler& sampler,
                                  const std::vector<std::pair<std::uint32_t, double>>& spans,
                                  double noise);

}  // namespace synthgen
