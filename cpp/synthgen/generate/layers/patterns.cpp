#include "synthgen/generate/layers/patterns.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint64_t words_per_segment = 8;
enum SegmentWord : std::uint64_t {
  length_word,
  pattern_word,
  type_word,
  period_word,
  steer_word,
};

SpanKind kind_named(std::string_view type) {
  const auto found = std::find(span_kind_names.begin(), span_kind_names.end(), type);
  return static_cast<SpanKind>(found - span_kind_names.begin());
}

void derive(const PatternTokens& tokens, std::size_t i, std::uint32_t rank) {
  tokens.ranks[i] = rank;
  if (!tokens.laws.empty()) tokens.laws[i] = {.kind = PositionLaw::Kind::derived};
}

/// A B C A B C: token i is token i mod period.
void repeat(const PatternTokens& tokens, std::uint32_t period) {
  for (std::size_t i = period; i < tokens.ranks.size(); ++i) {
    derive(tokens, i, tokens.ranks[i - period]);
  }
}

/// A B A B: token i is token i mod 2, with B redrawn until it differs from A.
void alternate(const PatternTokens& tokens, FreshTokens& fresh) {
  if (tokens.ranks.size() < 2) return;
  const std::uint32_t first = tokens.ranks[0];
  if (tokens.ranks[1] == first) tokens.ranks[1] = fresh.draw_other(tokens.position(1), first);
  if (!tokens.laws.empty()) tokens.laws[1] = fresh.law_other(first);
  repeat(tokens, 2);
}

/// 7 8 9 10: token i is i ranks after the first, wrapping.
void progress(const PatternTokens& tokens, std::uint32_t content_size) {
  std::uint32_t rank = tokens.ranks[0];
  for (std::size_t i = 1; i < tokens.ranks.size(); ++i) {
    rank = rank + 1 == content_size ? 0 : rank + 1;
    derive(tokens, i, rank);
  }
}

/// A B C C B A: the first half, rounded up, then mirrored.
void mirror(const PatternTokens& tokens, std::uint32_t full_length) {
  for (std::size_t i = (full_length + 1) / 2; i < tokens.ranks.size(); ++i) {
    derive(tokens, i, tokens.ranks[full_length - 1 - i]);
  }
}

}  // namespace

void derive_pattern(SpanKind kind, std::uint32_t period, std::uint32_t full_length,
                    std::uint32_t content_size, FreshTokens& fresh, const PatternTokens& tokens) {
  switch (kind) {
    case SpanKind::repetition:
      return repeat(tokens, period);
    case SpanKind::alternation:
      return alternate(tokens, fresh);
    case SpanKind::progression:
      return progress(tokens, content_size);
    case SpanKind::reversal:
      return mirror(tokens, full_length);
    default:
      return;
  }
}

PatternDecisions::PatternDecisions(const Config& config)
    : shortest_(static_cast<std::uint32_t>((config.pattern_length + 1) / 2)),
      extra_length_(static_cast<std::uint32_t>(3 * config.pattern_length / 2) - shortest_ + 1),
      is_pattern_(config.pattern_probability),
      type_(static_cast<std::uint32_t>(config.pattern_types.size())) {
  for (const std::string& type : config.pattern_types) types_.push_back(kind_named(type));
}

void PatternDecisions::choose_type(WordReader& words, std::uint64_t first_word,
                                   const std::optional<Steer>& steer, Span& span) const {
  span.kind = types_[type_.draw(words, first_word + type_word)];
  if (steer && steer->strength.holds(words.word(first_word + steer_word))) {
    span.kind = steer->type;
    span.steered = true;
  }
  if (span.kind == SpanKind::repetition) {
    const std::uint32_t longest_period = std::max(3U, span.full_length / 2);
    span.period = 3 + Bounded(longest_period - 2).draw(words, first_word + period_word);
  }
}

Span PatternDecisions::segment(WordReader& words, std::uint64_t j,
                               const std::optional<Steer>& steer) const {
  const std::uint64_t first_word = j * words_per_segment;
  Span span;
  span.full_length = shortest_ + extra_length_.draw(words, first_word + length_word);
  if (is_pattern_.holds(words.word(first_word + pattern_word))) {
    choose_type(words, first_word, steer, span);
  }
  return span;
}

SegmentLaw PatternDecisions::law(const std::optional<Steer>& steer) const {
  const double steered = steer ? steer->strength.probability() : 0;
  const auto weight = [&](SpanKind type) {
    const bool listed = std::find(types_.begin(), types_.end(), type) != types_.end();
    const double drawn = listed ? (1 - steered) / static_cast<double>(types_.size()) : 0;
    return steer && steer->type == type ? steered + drawn : drawn;
  };
  return {.shortest = shortest_,
          .longest = shortest_ + extra_length_.range() - 1,
          .pattern_probability = pattern_probability(),
          .repetition = weight(SpanKind::repetition),
          .alternation = weight(SpanKind::alternation),
          .progression = weight(SpanKind::progression),
          .reversal = weight(SpanKind::reversal)};
}

Span PatternDecisions::pattern(WordReader& words, std::uint64_t j, std::uint32_t slots) const {
  Span span;
  span.full_length = slots;
  choose_type(words, j * words_per_segment, {}, span);
  return span;
}

}  // namespace synthgen
