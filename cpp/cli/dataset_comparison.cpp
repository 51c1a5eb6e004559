#include "dataset_comparison.hpp"

#include "synthgen/expect/expected_measures.hpp"

#include <algorithm>

#include "cli/text/progress_bar.hpp"

namespace synthgen::cli {

DatasetComparison::DatasetComparison(const std::vector<DatasetFile>& files,
                                     const AnalysisOptions& options)
    : options_(options),
      overlap_({options.memory_limit_bytes / 8, options.approximate}),
      has_pairs_(std::any_of(files.begin(), files.end(), [&](const DatasetFile& file) {
        return file.split != files.front().split;
      })) {}

Result<void> DatasetComparison::add(std::string_view split, const SequenceBatch& batch) {
  const auto known = std::find_if(all_splits.begin(), all_splits.end(),
                                  [&](Split each) { return name(each) == split; });
  complete_ = complete_ && known != all_splits.end();
  if (!complete_) return {};
  sequences_[static_cast<std::size_t>(*known)] += batch.size();
  return has_pairs_ ? overlap_.add(*known, batch) : Result<void>();
}

Result<void> DatasetComparison::report(const std::optional<Config>& config, unsigned threads,
                                       bool quiet, Json& report) {
  if (!complete_) return {};
  Result<SplitOverlap::Report> overlap = overlap_.report();
  if (!overlap) return tl::unexpected(std::move(overlap.error()));
  if (!overlap->pairs.empty()) report["overlap"] = std::move(overlap->pairs);
  if (!overlap->error_bounds.empty()) {
    report["exact"] = false;
    report["error_bounds"]["overlap"] = std::move(overlap->error_bounds);
  }
  if (!config) return {};
  const Result<Generator> generator = Generator::create(*config);
  if (!generator) return {};  // made by code that is not here
  ProgressBar bar("expected values", "sequences", !quiet);
  Json expected = expected_measures(
      *generator, sequences_, report,
      {.analysis = options_, .threads = threads, .progress = [&](double done, double total) {
         bar.show(done, total);
       }});
  if (!expected.empty()) report["expected"] = std::move(expected);
  return {};
}

}  // namespace synthgen::cli
