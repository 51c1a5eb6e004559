#pragma once

#include "synthgen/random/token_sampler.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace synthgen {

/// What a span of positions is. The names in JSON are the enumerators'.
enum class SpanKind : std::uint8_t {
  fresh,        ///< independent draws
  repetition,   ///< A B C A B C
  alternation,  ///< A B A B
  progression,  ///< 7 8 9 10
  reversal,     ///< A B C C B A
  band,         ///< a leaf of the hierarchy, with the ids that it prefers
  successor,    ///< tokens that are each the next id of the one before
  slot,         ///< consecutive PATTERN slots of a template
  fixed,        ///< the same in every sequence: blanks and marks
  key,          ///< recall: a key where its value follows
  value,        ///< recall: the value of the key before it
  query,        ///< recall: a key whose value is asked for
  answer,       ///< recall: the value that a query asks for
};

inline constexpr std::array<std::string_view, 13> span_kind_names{
    "fresh", "repetition", "alternation", "progression", "reversal", "band",  "successor",
    "slot",  "fixed",      "key",         "value",       "query",    "answer"};
inline constexpr SpanKind last_span_kind = SpanKind::answer;

constexpr std::string_view name(SpanKind kind) noexcept {
  return span_kind_names[static_cast<std::size_t>(kind)];
}

/// Consecutive positions that one structural decision made. Which members mean something depends
/// on the kind.
struct Span {
  std::uint32_t start = 0;   ///< first position
  std::uint32_t length = 0;  ///< positions inside the sequence
  SpanKind kind = SpanKind::fresh;
  /// Patterns: length before the sequence's or the leaf's end cut it, equal to `length` when uncut.
  /// Slots: number of PATTERN slots that share the pattern.
  std::uint32_t full_length = 0;
  std::uint32_t period = 0;                   ///< repetition
  bool steered = false;                       ///< patterns: the condition chose the type
  Band band = {};                             ///< band: ranks among the content ids
  std::optional<std::uint32_t> echo_of = {};  ///< band: start of the span that this one copies
  SpanKind pattern = SpanKind::fresh;         ///< slot: the pattern that the slots spell
  std::uint32_t first_slot = 0;               ///< slot: which of the slots the span begins with
  /// Recall: start of the earlier span that this one repeats: of a query the key whose value is
  /// asked, of an answer or a repeated value the value, of a key that returns its last occurrence.
  std::optional<std::uint32_t> source = {};

  friend bool operator==(const Span&, const Span&) = default;
};

/// Consecutive positions.
struct Run {
  std::uint32_t start = 0;
  std::uint32_t length = 0;

  friend bool operator==(const Run&, const Run&) = default;
};

/// Appends a position to ascending runs, joining it to the last one where it follows it.
inline void append_position(std::vector<Run>& runs, std::uint32_t position) {
  if (!runs.empty() && runs.back().start + runs.back().length == position) {
    ++runs.back().length;
  } else {
    runs.push_back({position, 1});
  }
}

/// Which of the condition's steers a sequence followed.
struct Followed {
  std::vector<Run> style;              ///< fresh tokens drawn from the condition's band
  std::optional<bool> style_as_theme;  ///< composed: whether the condition chose the theme
  std::optional<bool> length;  ///< whether the condition chose the length; none where it cannot

  friend bool operator==(const Followed&, const Followed&) = default;
};

/// Everything about one sequence that its tokens do not show.
struct Latents {
  std::vector<Span> spans;           ///< in ascending order of start
  std::vector<std::uint32_t> noise;  ///< positions that the noise layer replaced, ascending
  std::optional<std::uint32_t> theme;
  std::optional<std::uint32_t> condition;
  std::optional<Followed> followed;
  std::optional<std::uint32_t> component;
  std::optional<std::uint32_t> template_index;
  std::optional<double> oracle_bits;
  /// The hidden state that emits each token.
  std::vector<std::uint32_t> states;
  /// For each position the law of the state that emits the next token, given the tokens up to this
  /// one: rows of equal width, one after another.
  std::vector<double> beliefs;
  /// The contexts of a chain that the sequence visits, ascending, and the probability of each next
  /// symbol in each of them, in rows of equal width one after another.
  std::vector<std::uint32_t> contexts;
  std::vector<double> chain;
  /// False for a sequence that came without latents, in a batch in which others have them.
  bool known = true;

  friend bool operator==(const Latents&, const Latents&) = default;
};

}  // namespace synthgen
