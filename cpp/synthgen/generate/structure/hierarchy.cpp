#include "synthgen/generate/structure/hierarchy.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace synthgen {
namespace {

constexpr Substream band_mask_substream{19};
constexpr std::uint16_t first_level_substream = 32;  // the theme; local level l is 32 + l
constexpr std::uint64_t words_per_span = 4;
enum SpanWord : std::uint64_t { narrow_word, band_word, echo_word };

/// Where a span's words lie on its level.
class SpanWords {
 public:
  SpanWords(const Item& item, int level, std::uint32_t start)
      : stream_(item, static_cast<Substream>(first_level_substream + level)),
        first_(start * words_per_span) {}

  bool holds(Decision decision, SpanWord word) const {
    return decision.holds(stream_.word(first_ + word));
  }
  std::uint32_t part(std::uint32_t parts) const {
    return Bounded(parts).draw(stream_, first_ + band_word);
  }

 private:
  WordStream stream_;
  std::uint64_t first_;
};

}  // namespace

Hierarchy::Hierarchy(const Config& config, std::uint32_t content_size)
    : content_size_(content_size),
      local_levels_(static_cast<int>(std::max<std::int64_t>(0, config.hierarchy_levels - 2))),
      has_token_level_(config.hierarchy_levels >= 2),
      structure_(config.structure_probability),
      coherence_(config.global_coherence) {}

std::uint32_t Hierarchy::theme(const Item& item) const noexcept {
  return SpanWords(item, 0, 0).part(themes());
}

FreshTokens Hierarchy::fresh_tokens(const TokenSampler& sampler, const Item& item) const {
  return FreshTokens(sampler, item, coherence_, band_mask_substream);
}

std::vector<Leaf> Hierarchy::leaves(const Item& item, std::uint32_t theme, std::uint32_t start,
                                    std::uint32_t end, bool with_echoes) const {
  if (start == end) return {};
  std::vector<Leaf> spans{{start, end - start, theme_band(theme)}};
  for (int level = 1; level <= local_levels_; ++level) {
    std::vector<Leaf> children;
    children.reserve(spans.size() * 4);
    for (const Leaf& parent : spans) {
      for (std::uint32_t i = 0; i < 4; ++i) {
        const Band positions = Band{parent.start, parent.length}.part(i, 4);
        if (positions.size == 0) continue;
        Leaf child{positions.first, positions.size, parent.band};
        const SpanWords words(item, level, child.start);
        if (parent.band.size >= fewest_ids_to_narrow && words.holds(structure_, narrow_word)) {
          child.band = parent.band.part(words.part(4), 4);
        }
        children.push_back(child);
      }
    }
    spans = std::move(children);
  }
  if (!with_echoes || local_levels_ == 0) return spans;
  std::unordered_map<std::uint64_t, Run> latest;
  for (Leaf& leaf : spans) {
    const std::uint64_t band = std::uint64_t{leaf.band.first} << 32 | leaf.band.size;
    const auto [entry, is_new] = latest.try_emplace(band, Run{leaf.start, leaf.length});
    if (is_new) continue;
    if (SpanWords(item, local_levels_, leaf.start).holds(structure_, echo_word)) {
      leaf.source = entry->second;
    }
    entry->second = {leaf.start, leaf.length};
  }
  return spans;
}

std::vector<Hierarchy::BandChance> Hierarchy::band_chances(bool by_size) const {
  std::vector<BandChance> chances;
  const double narrows = structure_.probability();
  for (std::uint32_t theme = 0; theme < themes(); ++theme) {
    const Band theme_ids = theme_band(theme);
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> leaves;
    const auto key = [&](const Band& band) {
      return std::pair(by_size ? 0 : band.first, band.size);
    };
    leaves[key(theme_ids)] = 1;
    for (int level = 0; level < local_levels_; ++level) {
      std::map<std::pair<std::uint32_t, std::uint32_t>, double> next;
      for (const auto& [place, probability] : leaves) {
        const Band band{place.first, place.second};
        if (band.size < fewest_ids_to_narrow) {
          next[place] += probability;
          continue;
        }
        next[place] += probability * (1 - narrows);
        for (std::uint32_t i = 0; i < 4; ++i)
          next[key(band.part(i, 4))] += probability * narrows / 4;
      }
      leaves = std::move(next);
    }
    for (const auto& [place, probability] : leaves) {
      chances.push_back({{place.first, place.second}, theme_ids, probability / themes()});
    }
  }
  return chances;
}

void LeafTokens::write(const Leaf& leaf, std::size_t start, std::size_t end) {
  fresh_.prefer(leaf.band);
  const auto tokens = draft_.tokens;
  for (std::size_t t = start; t < end; ++t) {
    const bool has_previous = t > leaf.start && leaf.band.contains(tokens[t - 1]);
    if (has_previous && successor_.holds(mask_.word(t))) {
      const std::uint32_t next = tokens[t - 1] + 1;
      tokens[t] = leaf.band.contains(next) ? next : leaf.band.first;
      if (!draft_.laws.empty()) draft_.laws[t] = {.kind = PositionLaw::Kind::derived};
      if (!is_successor_.empty()) is_successor_[t] = true;
    } else {
      tokens[t] = fresh_.draw(t);
      if (!draft_.laws.empty()) draft_.laws[t] = fresh_.law();
    }
  }
}

std::size_t LeafTokens::copy_source(const Leaf& leaf) {
  const std::uint32_t count = leaf.source ? std::min(leaf.length, leaf.source->length) : 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t from = leaf.source->start + i;
    const std::size_t to = leaf.start + i;
    draft_.tokens[to] = draft_.tokens[from];
    if (!draft_.laws.empty()) draft_.laws[to] = {.kind = PositionLaw::Kind::derived};
    if (!is_successor_.empty()) is_successor_[to] = is_successor_[from];
  }
  return leaf.start + count;
}

void LeafTokens::describe() const {
  if (draft_.latents == nullptr) return;
  std::vector<Run> runs;
  for (std::uint32_t t = 0; t < is_successor_.size(); ++t) {
    if (is_successor_[t]) append_position(runs, t);
  }
  std::vector<Span>& spans = draft_.latents->spans;
  for (const Run& run : runs) {
    Span span;
    span.start = run.start;
    span.length = run.length;
    span.kind = SpanKind::successor;
    spans.push_back(span);
  }
  std::stable_sort(spans.begin(), spans.end(),
                   [](const Span& a, const Span& b) { return a.start < b.start; });
}

Span band_span(const Leaf& leaf) {
  Span span;
  span.start = leaf.start;
  span.length = leaf.length;
  span.kind = SpanKind::band;
  span.band = leaf.band;
  if (leaf.source) span.echo_of = leaf.source->start;
  return span;
}

// With a = P(a fresh token lies in the leaf's band) and A_i = P(token i of a span does):
// A_0 = a and A_i = a + s(1 − a)·A_{i−1}, so with r = s(1 − a), A_i = a(1 − r^(i+1))/(1 − r), and
// P(token i is a successor) = s·A_{i−1}. A successor lies in the theme's band, a fresh token does
// with probability g + (1 − g)·P(theme's band).
TokenLevelRates token_level_rates(const Hierarchy& hierarchy, const TokenSampler& sampler,
                                  const std::vector<std::pair<std::uint32_t, double>>& spans,
                                  double noise) {
  const double s = hierarchy.has_token_level() ? hierarchy.structure().probability() : 0;
  const double g = hierarchy.coherence().probability();
  double successors = 0;
  double in_theme = 0;
  double positions = 0;
  for (const auto& [length, weight] : spans) positions += weight * length;
  for (const Hierarchy::BandChance& chance : hierarchy.band_chances(sampler.is_uniform())) {
    const double a = g + (1 - g) * sampler.probability(chance.leaf);
    const double theme = sampler.probability(chance.theme);
    const double fresh_in_theme = g + (1 - g) * theme;
    const double r = s * (1 - a);
    double expected = 0;  // successors in all spans
    for (const auto& [length, weight] : spans) {
      double power = r;  // r^length
      double base = r;
      for (std::uint32_t n = length - 1; n > 0; n >>= 1, base *= base) {
        if ((n & 1U) != 0) power *= base;
      }
      const double before_last =
          (length - 1) - (r - power) / (1 - r);  // Σ_{i<length−1} 1 − r^(i+1)
      expected += weight * (r == 1 ? 0 : s * a / (1 - r) * before_last);
    }
    const double rate = expected / positions;
    successors += chance.probability * rate;
    const double clean = rate + (1 - rate) * fresh_in_theme;
    in_theme += chance.probability * ((1 - noise) * clean + noise * theme);
  }
  return {successors, in_theme};
}

}  // namespace synthgen
