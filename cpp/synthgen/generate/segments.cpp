#include "synthgen/generate/segments.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint64_t words_per_segment = 8;
enum SegmentWord : std::uint64_t { length_word, pattern_word, type_word, period_word };

SpanKind kind_named(std::string_view type) {
  const auto found = std::find(span_kind_names.begin(), span_kind_names.end(), type);
  return static_cast<SpanKind>(found - span_kind_names.begin());
}

/// The segment's tokens as ids, its first position in the sequence, and the laws to note.
struct Segment {
  const Content& content;
  const Item& item;
  std::size_t start;
  std::span<std::uint32_t> tokens;
  std::span<PositionLaw> laws;  ///< empty when not wanted

  void derive(std::size_t i, std::uint32_t token) const {
    tokens[i] = token;
    if (!laws.empty()) laws[i] = {.kind = PositionLaw::Kind::derived};
  }
};

/// A B C A B C: token i is token i mod period.
void repeat(const Segment& segment, std::uint32_t period) {
  for (std::size_t i = period; i < segment.tokens.size(); ++i) {
    segment.derive(i, segment.tokens[i - period]);
  }
}

/// A B A B: token i is token i mod 2, with B redrawn until it differs from A.
void alternate(const Segment& segment) {
  if (segment.tokens.size() < 2) return;
  const std::uint32_t first = segment.tokens[0];
  const TokenWords words = TokenWords::content(segment.item);
  std::uint32_t attempt = 0;
  while (segment.tokens[1] == first && attempt < WordStream::max_attempts) {
    const std::uint32_t rank = segment.content.sampler().draw(words, segment.start + 1, attempt);
    segment.tokens[1] = segment.content.id(rank);
    ++attempt;
  }
  if (!segment.laws.empty()) {
    segment.laws[1] = {.kind = PositionLaw::Kind::other_than, .token = first};
  }
  repeat(segment, 2);
}

/// 7 8 9 10: token i is i ranks after the first, wrapping.
void progress(const Segment& segment) {
  std::uint32_t rank = segment.content.rank(segment.tokens[0]);
  for (std::size_t i = 1; i < segment.tokens.size(); ++i) {
    rank = rank + 1 == segment.content.size() ? 0 : rank + 1;
    segment.derive(i, segment.content.id(rank));
  }
}

/// A B C C B A: the first half, rounded up, then mirrored; a cut segment mirrors its uncut length.
void mirror(const Segment& segment, std::uint32_t full_length) {
  for (std::size_t i = (full_length + 1) / 2; i < segment.tokens.size(); ++i) {
    segment.derive(i, segment.tokens[full_length - 1 - i]);
  }
}

void write_pattern(const Segment& segment, const Span& span) {
  switch (span.kind) {
    case SpanKind::fresh:
      return;
    case SpanKind::repetition:
      return repeat(segment, span.period);
    case SpanKind::alternation:
      return alternate(segment);
    case SpanKind::progression:
      return progress(segment);
    case SpanKind::reversal:
      return mirror(segment, span.full_length);
  }
}

}  // namespace

PatternSegments::PatternSegments(const Config& config)
    : shortest_(static_cast<std::uint32_t>((config.pattern_length + 1) / 2)),
      extra_length_(static_cast<std::uint32_t>(3 * config.pattern_length / 2) - shortest_ + 1),
      is_pattern_(config.pattern_probability),
      type_(static_cast<std::uint32_t>(config.pattern_types.size())) {
  for (const std::string& type : config.pattern_types) types_.push_back(kind_named(type));
}

Span PatternSegments::segment(WordReader& words, std::uint64_t number) const noexcept {
  const std::uint64_t first_word = number * words_per_segment;
  Span span;
  span.full_length = shortest_ + extra_length_.draw(words, first_word + length_word);
  if (!is_pattern_.holds(words.word(first_word + pattern_word))) return span;
  span.kind = types_[type_.draw(words, first_word + type_word)];
  if (span.kind == SpanKind::repetition) {
    const std::uint32_t longest_period = std::max(3U, span.full_length / 2);
    span.period = 3 + Bounded(longest_period - 2).draw(words, first_word + period_word);
  }
  return span;
}

void PatternSegments::write(const Content& content, const Item& item, Draft& draft) const {
  WordReader words(WordStream(item, Substream::structure));
  std::size_t start = 0;
  for (std::uint64_t number = 0; start < draft.tokens.size(); ++number) {
    Span span = segment(words, number);
    span.start = static_cast<std::uint32_t>(start);
    span.length = static_cast<std::uint32_t>(
        std::min<std::size_t>(span.full_length, draft.tokens.size() - start));
    const auto laws = draft.laws == nullptr ? std::span<PositionLaw>()
                                            : std::span(*draft.laws).subspan(start, span.length);
    write_pattern({content, item, start, draft.tokens.subspan(start, span.length), laws}, span);
    if (draft.latents != nullptr) draft.latents->spans.push_back(span);
    start += span.length;
  }
}

}  // namespace synthgen
