#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/pattern_detector.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// `pattern_ratio`: the share of sequences in which the detector finds a run; and, for sequences
/// with latents, the detector's precision and recall against their pattern spans (a match is an
/// overlap of at least half).
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
  /// Uncut pattern spans of at least 8 tokens that have a run, over all such spans.
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

}  // namespace synthgen
