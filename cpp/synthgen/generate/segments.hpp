#pragma once

#include "synthgen/generate/family.hpp"
#include "synthgen/random/bounded.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// Cuts sequences into segments and turns some of them into patterns, in place.
///
/// Segment j reads words 8j … 8j + 7 of the structure substream, whatever the segments before it
/// turned out to be: its length, whether it is a pattern, the type, the period. So a change of
/// pattern_probability moves no border and no neighbour's decision.
class PatternSegments {
 public:
  explicit PatternSegments(const Config& config);

  double pattern_probability() const noexcept { return is_pattern_.probability(); }

  /// Rewrites the pattern segments of a draft that holds fresh tokens.
  void write(const Content& content, const Item& item, Draft& draft) const;

 private:
  Span segment(WordReader& words, std::uint64_t number) const noexcept;

  std::uint32_t shortest_;
  Bounded extra_length_;
  Decision is_pattern_;
  std::vector<SpanKind> types_;
  Bounded type_;
};

}  // namespace synthgen
