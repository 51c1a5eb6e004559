#pragma once

#include "synthgen/analyze/counting/scratch_table.hpp"
#include "synthgen/generate/layers/latents.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// Consecutive tokens that form a pattern, found without knowing how they were made.
struct PatternRun {
  std::uint32_t start = 0;
  std::uint32_t length = 0;
  SpanKind kind = SpanKind::repetition;  ///< repetition, alternation, progression or reversal
  std::uint32_t period = 0;              ///< repetition

  friend bool operator==(const PatternRun&, const PatternRun&) = default;
};

/// A set of positions that only grows. Counting in an interval takes time logarithmic in the size,
/// and so does covering each free position.
class CoveredPositions {
 public:
  /// Nothing is covered of positions 0 … size − 1.
  void reset(std::size_t size);
  std::uint32_t count(std::size_t start, std::size_t end) const noexcept {
    return count_before(end) - count_before(start);
  }
  void cover(std::size_t start, std::size_t end);

 private:
  std::uint32_t count_before(std::size_t end) const noexcept;
  std::uint32_t first_free(std::uint32_t position) noexcept;

  std::vector<std::uint32_t> counts_;  ///< a Fenwick tree
  std::vector<std::uint32_t> next_free_;
};

/// Finds the runs of the four pattern types in a sequence; keeps its scratch memory between calls.
///
/// - alternation: x_t = x_{t-2}, neighbours different;
/// - progression: x_t = x_{t-1} + 1 (a run that wraps is two);
/// - repetition: x_t = x_{t-p} with a period p of at least 3, twice the period long or longer;
/// - reversal: a palindrome of even or odd length.
///
/// Runs are as long as possible. A run that longer ones cover by more than half is left out; of
/// equally long runs the first type in the list above stays.
class PatternDetector {
 public:
  static constexpr std::uint32_t shortest_run = 6;

  /// Runs of at least `shortest` tokens (2 and up), by start.
  std::vector<PatternRun> operator()(std::span<const std::uint32_t> sequence,
                                     std::uint32_t shortest = shortest_run);

 private:
  using Sequence = std::span<const std::uint32_t>;
  void find_steps(Sequence sequence);
  void find_repetitions(Sequence sequence);
  void find_palindromes(Sequence sequence, std::uint32_t parity);
  void propose(std::size_t start, std::size_t end, SpanKind kind, std::size_t period = 0);
  std::vector<PatternRun> chosen(std::size_t size);

  std::uint32_t shortest_ = shortest_run;
  std::vector<PatternRun> proposed_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order_;  ///< in which runs are chosen
  ScratchTable<std::uint32_t> last_;  ///< position of an id's last occurrence, plus 1
  std::vector<std::uint32_t> radius_;
  CoveredPositions covered_;
};

/// The runs of a sequence as `PatternDetector` finds them: at least `shortest` tokens (2 and up),
/// by start. For many sequences keep a detector instead.
///
/// Example: 9 5 1 7 1 7 1 7 4 has an alternation of 6 tokens that starts at 2.
std::vector<PatternRun> find_pattern_runs(std::span<const std::uint32_t> sequence,
                                          std::uint32_t shortest = PatternDetector::shortest_run);

/// Whether a sequence has a run of at least 6 tokens of one of the four types.
bool has_pattern(std::span<const std::uint32_t> sequence);

/// Whether a sequence has any run that `PatternDetector` finds, without finding all of them.
class PatternSearch {
 public:
  bool operator()(std::span<const std::uint32_t> sequence);

 private:
  bool has_repetition(std::span<const std::uint32_t> sequence);

  LastPlaces last_;
};

}  // namespace synthgen
