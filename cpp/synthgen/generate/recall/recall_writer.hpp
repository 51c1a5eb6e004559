#pragma once

#include "synthgen/generate/family.hpp"
#include "synthgen/generate/recall/label_rules.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// The law of a token that the structure determines.
inline PositionLaw derived_law() {
  return {.kind = PositionLaw::Kind::derived};
}

/// The law of one of `size` equally likely ids.
inline PositionLaw choice_law(std::uint32_t size) {
  return {.kind = PositionLaw::Kind::choice, .band = {0, size}};
}

/// Writes a sequence of recall from left to right: tokens, their laws, spans and labels. What lies
/// beyond the end of the sequence is not written, but is the label of the last token.
class RecallWriter {
 public:
  RecallWriter(Draft& draft, const LabelRules& rules) : draft_(draft), rules_(rules) {}

  /// Where the next token goes.
  std::uint32_t position() const noexcept { return position_; }

  /// Begins a span; tokens follow.
  void begin(SpanKind kind, std::optional<std::uint32_t> source = {});

  /// Begins a span, unless the last span has that kind, which then continues (filler).
  void resume(SpanKind kind);

  /// Adds a token to the span.
  void add(std::uint32_t token, const PositionLaw& law);

  /// Labels the last token without writing the answer.
  void label(std::uint32_t answer);

 private:
  Draft& draft_;
  LabelRules rules_;
  std::uint32_t position_ = 0;
  SpanKind kind_ = SpanKind::fresh;
  bool has_begun_ = false;
};

}  // namespace synthgen
