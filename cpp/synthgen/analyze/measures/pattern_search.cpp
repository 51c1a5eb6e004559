#include "synthgen/analyze/measures/pattern_detector.hpp"

#include <algorithm>
#include <limits>

namespace synthgen {
namespace {

using Sequence = std::span<const std::uint32_t>;

static_assert(PatternDetector::shortest_run == 6, "the comparisons below are for 6 tokens");

/// Six tokens from `t` on that alternate.
bool alternates(Sequence x, std::size_t t) {
  return t + 6 <= x.size() && x[t] != x[t + 1] && x[t] == x[t + 2] && x[t + 1] == x[t + 3] &&
         x[t] == x[t + 4] && x[t + 1] == x[t + 5];
}

/// Six tokens from `t` on, each 1 more than the one before it.
bool progresses(Sequence x, std::size_t t) {
  if (t + 6 > x.size() || x[t] > std::numeric_limits<std::uint32_t>::max() - 5) return false;
  for (std::uint32_t i = 1; i < 6; ++i) {
    if (x[t + i] != x[t] + i) return false;
  }
  return true;
}

/// Three pairs around the middle of `[left, right]` are equal; the innermost is known to be.
bool mirrors(Sequence x, std::size_t left, std::size_t right) {
  return left >= 2 && right + 2 < x.size() && x[left - 1] == x[right + 1] &&
         x[left - 2] == x[right + 2];
}

bool has_run_at(Sequence x, std::size_t t) {
  if (x[t] == x[t + 1] && mirrors(x, t, t + 1)) return true;
  if (x[t] + 1 == x[t + 1] && progresses(x, t)) return true;
  return t + 2 < x.size() && x[t] == x[t + 2] && (mirrors(x, t, t + 2) || alternates(x, t));
}

/// Alternations, progressions and reversals. Each has a token that equals the next one or the one
/// after it, or that is 1 less than the next one; few blocks of most data have such a token.
bool has_near_run(Sequence x) {
  constexpr std::size_t block = 32;
  std::size_t t = 0;
  for (; t + block + 2 <= x.size(); t += block) {
    const std::uint32_t* const here = x.data() + t;
    unsigned near = 0;
    for (std::size_t i = 0; i < block; ++i) {
      const std::uint32_t step = here[i + 1] - here[i];
      near |= static_cast<unsigned>(step <= 1) | static_cast<unsigned>(here[i + 2] == here[i]);
    }
    if (near == 0) continue;
    for (std::size_t i = t; i < t + block; ++i) {
      if (has_run_at(x, i)) return true;
    }
  }
  for (; t + 1 < x.size(); ++t) {
    if (has_run_at(x, t)) return true;
  }
  return false;
}

/// The longest run of one period around two equal tokens is at least two periods long.
bool repeats(Sequence x, std::size_t t, std::size_t period) {
  std::size_t start = t - period;
  while (start > 0 && x[start - 1] == x[start - 1 + period]) --start;
  std::size_t end = t + 1;
  while (end < x.size() && end - start < 2 * period && x[end] == x[end - period]) ++end;
  return end - start >= 2 * period;
}

}  // namespace

bool PatternSearch::has_repetition(Sequence x) {
  constexpr std::size_t shortest_period = 3;
  last_.begin(x.size());
  for (std::size_t t = 0; t < x.size(); ++t) {
    const std::size_t period = last_.distance(x[t], t);
    if (period >= shortest_period && repeats(x, t, period)) return true;
  }
  return false;
}

bool PatternSearch::operator()(Sequence sequence) {
  return has_near_run(sequence) || has_repetition(sequence);
}

bool has_pattern(Sequence sequence) {
  return PatternSearch()(sequence);
}

}  // namespace synthgen
