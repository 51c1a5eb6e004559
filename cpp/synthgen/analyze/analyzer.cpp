#include "synthgen/analyze/analyzer.hpp"

#include "synthgen/config/formatted.hpp"

#include <string>
#include <utility>

namespace synthgen {
Analyzer::Analyzer(const AnalysisOptions& options, std::vector<const MeasureEntry*> entries)
    : options_(options), entries_(std::move(entries)) {
  for (const MeasureEntry* entry : entries_) accumulators_.push_back(entry->make(options_));
}

Result<Analyzer> Analyzer::create(const AnalysisOptions& options) {
  std::vector<Problem> problems;
  if (options.ngram < 1 || options.ngram > longest_ngram) {
    problems.push_back({"ngram", std::to_string(options.ngram),
                        formatted("an integer from 1 to {}", longest_ngram)});
  }
  if (options.top < 1) problems.push_back({"top", "0", "an integer from 1 up"});
  Result<std::vector<const MeasureEntry*>> entries = selected_measures(options.measures);
  if (!entries) {
    const std::vector<Problem>& unknown = entries.error().problems;
    problems.insert(problems.end(), unknown.begin(), unknown.end());
  }
  if (!problems.empty()) return fail(std::move(problems));
  return Analyzer(options, std::move(*entries));
}

Result<void> Analyzer::kept() const {
  for (const auto& accumulator : accumulators_) {
    if (std::optional<Error> failure = accumulator->failure()) {
      return tl::unexpected(std::move(*failure));
    }
  }
  return {};
}

Result<void> Analyzer::add(const SequenceBatch& batch) {
  const MeasuredBatch measured(batch, scratch_);
  for (const auto& accumulator : accumulators_) accumulator->add(measured);
  return kept();
}

Result<void> Analyzer::measures_like(const Analyzer& other) const {
  if (other.options_.ngram != options_.ngram || other.options_.top != options_.top ||
      other.options_.per_sequence != options_.per_sequence ||
      other.options_.vocab_size != options_.vocab_size || other.entries_ != entries_) {
    return fail(ErrorKind::usage, "merge: the analyses were made with different options");
  }
  return {};
}

Result<void> Analyzer::merge(const Analyzer& other) {
  if (Result<void> alike = measures_like(other); !alike) return alike;
  for (std::size_t i = 0; i < accumulators_.size(); ++i) {
    accumulators_[i]->merge(*other.accumulators_[i]);
  }
  return kept();
}

Result<void> Analyzer::absorb(Analyzer&& other) {
  if (Result<void> alike = measures_like(other); !alike) return alike;
  for (std::size_t i = 0; i < accumulators_.size(); ++i) {
    accumulators_[i]->absorb(std::move(*other.accumulators_[i]));
    other.accumulators_[i].reset();
  }
  return kept();
}

Result<Json> Analyzer::report() const {
  ReportSections sections;
  for (const auto& accumulator : accumulators_) accumulator->report(sections);
  if (sections.failure) return tl::unexpected(std::move(*sections.failure));
  Json report = std::move(sections.numbers);
  if (options_.vocab_size) report["vocab_size"] = *options_.vocab_size;
  report["exact"] = sections.error_bounds.empty();
  if (!sections.error_bounds.empty()) report["error_bounds"] = std::move(sections.error_bounds);
  report.update(sections.details);
  if (options_.per_sequence) report["per_sequence"] = std::move(sections.per_sequence);
  return report;
}

Json analyze_sequences(const SequenceBatch& batch) {
  // Without a memory limit no file is written, so nothing can fail.
  Analyzer analyzer = std::move(*Analyzer::create({.memory_limit_bytes = UINT64_MAX}));
  analyzer.add(batch);
  return std::move(*analyzer.report());
}

}  // namespace synthgen
