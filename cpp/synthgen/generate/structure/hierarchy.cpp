#include "synthgen/generate/structure/hierarchy.hpp"

#include "synthgen/random/bits_where.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

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
  // Leaves of one band, in order, next to one another.
  const auto joined = [](std::uint64_t high, std::uint64_t low) { return high << 32 | low; };
  std::vector<std::pair<std::uint64_t, std::uint64_t>> by_band;  // the low half is the place
  by_band.reserve(spans.size());
  for (const Leaf& leaf : spans) {
    by_band.emplace_back(joined(leaf.band.first, leaf.band.size),
                         joined(leaf.start, by_band.size()));
  }
  std::sort(by_band.begin(), by_band.end());
  for (std::size_t i = 1; i < by_band.size(); ++i) {
    const Leaf& before = spans[static_cast<std::uint32_t>(by_band[i - 1].second)];
    Leaf& leaf = spans[static_cast<std::uint32_t>(by_band[i].second)];
    if (before.band == leaf.band &&
        SpanWords(item, local_levels_, leaf.start).holds(structure_, echo_word)) {
      leaf.source = Run{before.start, before.length};
    }
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

void LeafTokens::draw(const Leaf& leaf, std::size_t start, std::size_t end) {
  fresh_.prefer(leaf.band);
  fresh_.fill(start, draft_.tokens.subspan(start, end - start));
  const auto laws = draft_.laws_of(start, end - start);
  std::fill(laws.begin(), laws.end(), fresh_.law());
}

void LeafTokens::keep(std::size_t start, std::size_t length) {
  if (successor_.never()) return;
  kept_.resize((draft_.tokens.size() + group_size - 1) / group_size);
  for (std::size_t t = start; t < start + length;) {
    const std::size_t in_group = std::min(start + length - t, group_size - t % group_size);
    kept_[t / group_size] |= (~std::uint64_t{0} >> (group_size - in_group)) << t % group_size;
    t += in_group;
  }
}

void LeafTokens::succeed(const Leaf& leaf, std::size_t start, std::size_t end) {
  if (successor_.never()) return;
  const auto part_of_group = [&](std::uint64_t position, std::span<std::uint32_t> tokens) {
    succeed_in_group(leaf, static_cast<std::size_t>(position), tokens);
  };
  each_group_part(start, draft_.tokens.subspan(start, end - start), part_of_group);
}

// Token i of the part is a successor where its decision holds and the token before lies in the
// band, as a fresh draw or as a successor itself: s_i = d_i (b_{i−1} + s_{i−1}). That is how a
// carry runs through a sum, so one addition gives all of them. A successor is then as many ids
// after the last token that is none as there are positions between them.
void LeafTokens::succeed_in_group(const Leaf& leaf, std::size_t position,
                                  std::span<std::uint32_t> tokens) {
  const std::uint32_t first = leaf.band.first;
  const std::uint32_t size = leaf.band.size;
  const auto words = mask_.rest_of_group(position).first(tokens.size());
  const std::uint32_t last = successor_.largest_word();
  std::uint64_t may = bits_where(words, [&](std::uint32_t word) { return word <= last; });
  if (!kept_.empty()) may &= ~(kept_[position / group_size] >> position % group_size);
  const std::uint64_t in_band =
      bits_where(tokens, [&](std::uint32_t token) { return token - first < size; });
  const bool begins_in_band =
      position > leaf.start && leaf.band.contains(draft_.tokens[position - 1]);
  const std::uint64_t begin = may & (in_band << 1 | (begins_in_band ? 1 : 0));
  const std::uint64_t carries = (may + begin) ^ may ^ begin;
  const std::uint64_t successors = begin | (may & carries);
  // Without branches: which tokens are successors cannot be predicted.
  const std::uint32_t* const here = draft_.tokens.data() + position;
  const auto follow = [&](const auto& wrapped) {
    std::uint64_t left = successors;
    std::int32_t distance = 0;  // from the last token that is no successor
    for (std::size_t i = 0; i < tokens.size(); ++i, left >>= 1) {
      const auto succeeds = static_cast<std::uint32_t>(0 - (left & 1));
      distance = (distance + 1) & static_cast<std::int32_t>(succeeds);
      const std::uint32_t source = here[static_cast<std::ptrdiff_t>(i) - distance] - first;
      tokens[i] = first + wrapped(source + static_cast<std::uint32_t>(distance), succeeds);
    }
  };
  if (size >= group_size) {
    // At most once: what is below the size becomes larger when the size is subtracted.
    follow([&](std::uint32_t place, std::uint32_t succeeds) {
      return std::min(place, place - (size & succeeds));
    });
  } else {
    follow([&](std::uint32_t place, std::uint32_t succeeds) {
      return succeeds != 0 ? place % size : place;
    });
  }
  if (draft_.latents != nullptr) {
    for (std::uint64_t left = successors; left != 0; left &= left - 1) {
      mark_successor(position + static_cast<std::size_t>(std::countr_zero(left)));
    }
  }
}

void LeafTokens::mark_successor(std::size_t position) {
  draft_.laws[position] = {.kind = PositionLaw::Kind::derived};
  is_successor_[position] = true;
}

std::size_t LeafTokens::copy_source(const Leaf& leaf) {
  const std::uint32_t count = leaf.source ? std::min(leaf.length, leaf.source->length) : 0;
  if (count == 0) return leaf.start;
  const auto source = draft_.tokens.subspan(leaf.source->start, count);
  std::copy(source.begin(), source.end(), draft_.tokens.subspan(leaf.start).begin());
  for (PositionLaw& law : draft_.laws_of(leaf.start, count)) {
    law = {.kind = PositionLaw::Kind::derived};
  }
  if (!is_successor_.empty()) {
    for (std::uint32_t i = 0; i < count; ++i) {
      is_successor_[leaf.start + i] = is_successor_[leaf.source->start + i];
    }
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
  std::vector<std::pair<std::uint64_t, std::uint64_t>> by_start;  // with the place among `spans`
  for (const Span& span : spans) by_start.emplace_back(span.start, by_start.size());
  std::sort(by_start.begin(), by_start.end());
  std::vector<Span> sorted;
  sorted.reserve(spans.size());
  for (const auto& [start, place] : by_start) {
    sorted.push_back(std::move(spans[static_cast<std::size_t>(place)]));
  }
  spans = std::move(sorted);
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
