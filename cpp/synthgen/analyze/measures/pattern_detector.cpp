#include "synthgen/analyze/measures/pattern_detector.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {
namespace {

/// Which of equally long runs stays: the types that others can look like by chance come first.
std::uint32_t rank(SpanKind kind) {
  switch (kind) {
    case SpanKind::alternation:
      return 0;
    case SpanKind::progression:
      return 1;
    case SpanKind::repetition:
      return 2;
    default:
      return 3;
  }
}

std::uint64_t pair_of(std::uint32_t high, std::uint32_t low) {
  return std::uint64_t{high} << 32 | low;
}

std::size_t lowest_bit(std::size_t i) {
  return i & (0 - i);
}

}  // namespace

void CoveredPositions::reset(std::size_t size) {
  counts_.assign(size + 1, 0);
  next_free_.resize(size + 1);
  std::iota(next_free_.begin(), next_free_.end(), std::uint32_t{0});
}

std::uint32_t CoveredPositions::count_before(std::size_t end) const noexcept {
  std::uint32_t sum = 0;
  for (; end > 0; end -= lowest_bit(end)) sum += counts_[end];
  return sum;
}

std::uint32_t CoveredPositions::first_free(std::uint32_t position) noexcept {
  while (next_free_[position] != position) {
    next_free_[position] = next_free_[next_free_[position]];
    position = next_free_[position];
  }
  return position;
}

void CoveredPositions::cover(std::size_t start, std::size_t end) {
  for (std::uint32_t t = first_free(static_cast<std::uint32_t>(start)); t < end;
       t = first_free(t)) {
    next_free_[t] = t + 1;
    for (std::size_t i = t + 1; i < counts_.size(); i += lowest_bit(i)) ++counts_[i];
  }
}

void PatternDetector::propose(std::size_t start, std::size_t end, SpanKind kind,
                              std::size_t period) {
  if (end - start < shortest_) return;
  proposed_.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end - start),
                       kind, static_cast<std::uint32_t>(period)});
}

/// Alternations and progressions: each token continues or ends them.
void PatternDetector::find_steps(Sequence x) {
  std::size_t alternation = 0;
  std::size_t progression = 0;
  for (std::size_t t = 1; t < x.size(); ++t) {
    if (x[t] != x[t - 1] + 1 || x[t] == 0) {
      propose(progression, t, SpanKind::progression);
      progression = t;
    }
    if (x[t] == x[t - 1]) {
      propose(alternation, t, SpanKind::alternation);
      alternation = t;
    } else if (t - alternation >= 2 && x[t] != x[t - 2]) {
      propose(alternation, t, SpanKind::alternation);
      alternation = t - 1;
    }
  }
  propose(progression, x.size(), SpanKind::progression);
  propose(alternation, x.size(), SpanKind::alternation);
}

/// The distance to a token's last occurrence is a period if its neighbours agree.
void PatternDetector::find_repetitions(Sequence x) {
  constexpr std::size_t shortest_period = 3;
  std::size_t known_period = 0;
  std::size_t known_end = 0;
  for (std::size_t t = 0; t < x.size(); ++t) {
    std::uint32_t& last = last_[x[t]];
    const std::size_t period = last == 0 ? 0 : t + 1 - last;
    last = static_cast<std::uint32_t>(t + 1);
    if (period < shortest_period || (period == known_period && t < known_end)) continue;
    std::size_t start = t - period;
    while (start > 0 && x[start - 1] == x[start - 1 + period]) --start;
    std::size_t end = t + 1;
    while (end < x.size() && x[end] == x[end - period]) ++end;
    if (end - start < 2 * period) continue;
    known_period = period;
    known_end = end;
    propose(start, end, SpanKind::repetition, period);
  }
  last_.forget(x);
}

/// Palindromes around every centre, by Manacher's algorithm ("A New Linear-Time On-Line Algorithm
/// for Finding the Smallest Initial Palindrome of a String", JACM 22, 1975). `parity` 0: even
/// lengths, the centre before a position; 1: odd lengths, the centre on it.
void PatternDetector::find_palindromes(Sequence x, std::uint32_t parity) {
  const std::size_t size = x.size();
  radius_.assign(size, 0);  // tokens on each side of the centre, the centre itself included if odd
  std::size_t left = 0;
  std::size_t right = 0;  // the palindrome that reaches farthest is [left, right)
  for (std::size_t centre = 0; centre < size; ++centre) {
    std::size_t radius = parity;
    if (centre < right) {
      const std::size_t mirrored = left + right - centre - parity;
      radius = mirrored < size ? std::min<std::size_t>(radius_[mirrored], right - centre) : 0;
      radius = std::max<std::size_t>(radius, parity);
    }
    while (centre + radius < size && centre + parity > radius &&
           x[centre + radius] == x[centre + parity - 1 - radius]) {
      ++radius;
    }
    radius_[centre] = static_cast<std::uint32_t>(radius);
    const std::size_t start = centre + parity - radius;
    const std::size_t end = centre + radius;
    if (end > right) {
      left = start;
      right = end;
    }
    propose(start, end, SpanKind::reversal);
  }
}

std::vector<PatternRun> PatternDetector::chosen(std::size_t size) {
  // The longest first, then by kind, then by start.
  order_.clear();
  for (std::uint32_t i = 0; i < proposed_.size(); ++i) {
    const PatternRun& run = proposed_[i];
    order_.emplace_back(pair_of(~run.length, rank(run.kind)), pair_of(run.start, i));
  }
  std::sort(order_.begin(), order_.end());
  std::vector<std::pair<std::uint64_t, std::uint64_t>> kept;  // start and place
  covered_.reset(size);
  for (const auto& [_, start_and_place] : order_) {
    const auto place = static_cast<std::uint32_t>(start_and_place);
    const PatternRun& run = proposed_[place];
    const std::size_t end = run.start + run.length;
    if (2 * covered_.count(run.start, end) > run.length) continue;
    covered_.cover(run.start, end);
    kept.emplace_back(run.start, place);
  }
  std::sort(kept.begin(), kept.end());
  std::vector<PatternRun> runs;
  runs.reserve(kept.size());
  for (const auto& [_, place] : kept) runs.push_back(proposed_[static_cast<std::size_t>(place)]);
  return runs;
}

std::vector<PatternRun> PatternDetector::operator()(Sequence sequence, std::uint32_t shortest) {
  shortest_ = std::max(2U, shortest);
  proposed_.clear();
  if (sequence.size() < shortest_) return {};
  find_steps(sequence);
  find_repetitions(sequence);
  find_palindromes(sequence, 0);
  find_palindromes(sequence, 1);
  return chosen(sequence.size());
}

std::vector<PatternRun> find_pattern_runs(std::span<const std::uint32_t> sequence,
                                          std::uint32_t shortest) {
  return PatternDetector()(sequence, shortest);
}

}  // namespace synthgen
