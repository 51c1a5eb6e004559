#pragma once

#include "synthgen/generate/family.hpp"
#include "synthgen/generate/layers/patterns.hpp"

#include <algorithm>
#include <optional>

namespace synthgen {

/// Lays segments one after another over stretches of one sequence and derives the patterns among
/// them.
class SegmentWriter {
 public:
  SegmentWriter(const PatternDecisions& decisions, const Item& item, std::uint32_t content_size,
                std::optional<PatternDecisions::Steer> steer = {})
      : decisions_(decisions),
        content_size_(content_size),
        steer_(steer),
        words_(WordStream(item, Substream::structure)) {}

  /// Covers positions start … end − 1 of the draft. They hold fresh draws and their laws;
  /// `visit(span)` is called for each segment.
  template <class Visit>
  void cover(std::size_t start, std::size_t end, FreshTokens& fresh, Draft& draft,
             const Visit& visit) {
    if (draft.latents != nullptr) {
      auto& spans = draft.latents->spans;
      spans.reserve(std::max(spans.capacity(), (end - start) / decisions_.shortest() + 1));
    }
    while (start < end) {
      Span span = decisions_.segment(words_, next_segment_++, steer_);
      span.start = static_cast<std::uint32_t>(start);
      span.length =
          static_cast<std::uint32_t>(std::min<std::size_t>(span.full_length, end - start));
      if (draft.latents != nullptr) draft.latents->spans.push_back(span);
      visit(span);
      derive_pattern(span.kind, span.period, span.full_length, content_size_, fresh,
                     {.ranks = draft.tokens.subspan(start, span.length),
                      .laws = draft.laws_of(start, span.length),
                      .start = start});
      start += span.length;
    }
  }

 private:
  const PatternDecisions& decisions_;
  std::uint32_t content_size_;
  std::optional<PatternDecisions::Steer> steer_;
  WordReader words_;
  std::uint64_t next_segment_ = 0;
};

}  // namespace synthgen
