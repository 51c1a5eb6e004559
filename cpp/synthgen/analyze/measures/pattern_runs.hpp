#pragma once

#include "synthgen/analyze/counting/scratch_table.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/pattern_search.hpp"
#include "synthgen/generate/latents/latents.hpp"

#include <cstdint>
#include <optional>
#include <span>
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

/// A set of positions that only grows: counting within an interval costs the logarithm of the size,
/// covering one as much for each position that was free.
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
/// Runs are as long as possible. A run of which longer ones have more than half is left out; of
/// equally long ones the first type in the list above stays.
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
  ScratchTable<std::uint32_t> last_;  ///< position of an id's last occurrence, plus 1
  std::vector<std::uint32_t> radius_;
  CoveredPositions covered_;
};

/// The runs of a sequence as `PatternDetector` finds them: at least `shortest` tokens (2 and up),
/// by start. Whoever asks for many sequences keeps a detector instead.
///
/// Example: 9 5 1 7 1 7 1 7 4 has an alternation of 6 tokens that starts at 2.
std::vector<PatternRun> find_pattern_runs(std::span<const std::uint32_t> sequence,
                                          std::uint32_t shortest = PatternDetector::shortest_run);

/// Whether a sequence has a run of at least 6 tokens of one of the four types.
bool has_pattern(std::span<const std::uint32_t> sequence);

/// `pattern_ratio`: the share of sequences in which the detector finds a run; and, for sequences
/// that come with latents, the detector's precision and recall against their pattern spans (a match
/// is an overlap of at least half).
class PatternRunsAccumulator final : public Accumulator {
 public:
  explicit PatternRunsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None without sequences.
  std::optional<double> pattern_ratio() const noexcept;
  /// Runs that lie on a pattern span, over all runs; none without latents or runs.
  std::optional<double> precision() const noexcept;
  /// Uncut pattern spans of 8 tokens and more that have a run, over all such spans.
  std::optional<double> recall() const noexcept;

 private:
  struct Tally {
    std::uint64_t hits = 0;
    std::uint64_t of = 0;

    void add(bool hit) noexcept {
      hits += hit ? 1 : 0;
      ++of;
    }
    void merge(const Tally& other) noexcept {
      hits += other.hits;
      of += other.of;
    }
    void exchange(StateArchive& archive) { archive(hits, of); }
    std::optional<double> share() const noexcept {
      if (of == 0) return std::nullopt;
      return static_cast<double>(hits) / static_cast<double>(of);
    }
  };
  void compare(const std::vector<PatternRun>& runs, const Latents& latents);

  PatternSearch search_;
  PatternDetector detector_;
  Tally with_pattern_;
  Tally precision_;
  Tally recall_;
};

extern const MeasureEntry pattern_runs_entry;

}  // namespace synthgen
