#pragma once

#include "synthgen/config/json.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace synthgen {

/// What a span of positions is. The names in JSON are the enumerators'.
enum class SpanKind : std::uint8_t { fresh, repetition, alternation, progression, reversal };

inline constexpr std::array<std::string_view, 5> span_kind_names{
    "fresh", "repetition", "alternation", "progression", "reversal"};

constexpr std::string_view name(SpanKind kind) noexcept {
  return span_kind_names[static_cast<std::size_t>(kind)];
}

/// Consecutive positions that one structural decision made.
struct Span {
  std::uint32_t start = 0;   ///< first position
  std::uint32_t length = 0;  ///< positions inside the sequence
  SpanKind kind = SpanKind::fresh;
  std::uint32_t full_length = 0;  ///< before the sequence's end cut it; equals length when uncut
  std::uint32_t period = 0;       ///< repetition only

  friend bool operator==(const Span&, const Span&) = default;
};

/// Everything about one sequence that its tokens do not show.
struct Latents {
  std::vector<Span> spans;           ///< in ascending order of start
  std::vector<std::uint32_t> noise;  ///< positions that the noise layer replaced, ascending
  std::optional<double> oracle_bits;

  void clear() {
    spans.clear();
    noise.clear();
    oracle_bits.reset();
  }
  friend bool operator==(const Latents&, const Latents&) = default;
};

/// The JSON form, e.g. `{"spans": [{"start": 12, "length": 9, "kind": "repetition", "period": 3}],
/// "noise": [4, 77]}`: what applies.
Json to_json(const Latents& latents);

}  // namespace synthgen
