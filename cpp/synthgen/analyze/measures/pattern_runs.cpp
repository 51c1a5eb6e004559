#include "synthgen/analyze/measures/pattern_runs.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array pattern_run_measures{
    MeasureInfo{.name = "pattern_ratio",
                .formula =
                    "sequences with a run of 6 tokens or more that repeat, alternate, progress "
                    "or mirror / sequences",
                .range = "0 to 1",
                .source = "definition",
                .expected = Expected::by_mean,
                .section = Section::quality,
                .listed = Listed::always},
    MeasureInfo{.name = "pattern_precision",
                .formula = "runs that lie on a pattern of the latents by half or more / runs",
                .range = "0 to 1",
                .source = "synthgen",
                .expected = Expected::by_ratio,
                .needs_latents = true},
    MeasureInfo{.name = "pattern_recall",
                .formula =
                    "patterns of the latents, uncut and of 8 tokens or more, with a run on half "
                    "or more / such patterns",
                .range = "0 to 1",
                .source = "synthgen",
                .expected = Expected::by_ratio,
                .needs_latents = true},
};

template <class A, class B>
std::uint32_t overlap(const A& a, const B& b) {
  const std::uint32_t start = std::max(a.start, b.start);
  const std::uint32_t end = std::min(a.start + a.length, b.start + b.length);
  return end > start ? end - start : 0;
}

bool is_pattern(const Span& span) {
  return span.kind >= SpanKind::repetition && span.kind <= SpanKind::reversal;
}

void report_share(Json& numbers, const char* name, std::optional<double> share) {
  if (share) numbers[name] = *share;
}

}  // namespace

void PatternRunsAccumulator::compare(const std::vector<PatternRun>& runs, const Latents& latents) {
  constexpr std::uint32_t shortest_sought = 8;
  for (const PatternRun& run : runs) {
    precision_.add(std::any_of(latents.spans.begin(), latents.spans.end(), [&](const Span& span) {
      return is_pattern(span) && 2 * overlap(run, span) >= run.length;
    }));
  }
  for (const Span& span : latents.spans) {
    if (!is_pattern(span) || span.length != span.full_length || span.length < shortest_sought) {
      continue;
    }
    recall_.add(std::any_of(runs.begin(), runs.end(), [&](const PatternRun& run) {
      return run.kind == span.kind && 2 * overlap(run, span) >= span.length;
    }));
  }
}

void PatternRunsAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Latents* const latents = batch.batch().latents_of(i);
    if (latents == nullptr) {
      with_pattern_.add(search_(batch.content(i)));
      continue;
    }
    const std::vector<PatternRun> runs = detector_(batch.content(i));
    with_pattern_.add(!runs.empty());
    compare(runs, *latents);
  }
}

void PatternRunsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const PatternRunsAccumulator&>(other);
  with_pattern_.merge(from.with_pattern_);
  precision_.merge(from.precision_);
  recall_.merge(from.recall_);
}

std::optional<double> PatternRunsAccumulator::pattern_ratio() const noexcept {
  return with_pattern_.share();
}
std::optional<double> PatternRunsAccumulator::precision() const noexcept {
  return precision_.share();
}
std::optional<double> PatternRunsAccumulator::recall() const noexcept {
  return recall_.share();
}

void PatternRunsAccumulator::report(ReportSections& sections) const {
  sections.numbers["pattern_ratio"] = or_null(pattern_ratio());
  report_share(sections.numbers, "pattern_precision", precision());
  report_share(sections.numbers, "pattern_recall", recall());
}

void PatternRunsAccumulator::exchange(StateArchive& archive) {
  archive(with_pattern_, precision_, recall_);
}

extern const MeasureEntry pattern_runs_entry;
const MeasureEntry pattern_runs_entry{"pattern_runs", pattern_run_measures,
                                      &make_accumulator<PatternRunsAccumulator>, true,
                                      InPage::at_once};

}  // namespace synthgen
