#include "dataset_comparison.hpp"

#include "synthgen/analyze/expected_measures.hpp"

#include <algorithm>

namespace synthgen::cli {

DatasetComparison::DatasetComparison(const std::vector<DatasetFile>& files)
    : has_pairs_(std::any_of(files.begin(), files.end(), [&](const DatasetFile& file) {
        return file.split != files.front().split;
      })) {}

void DatasetComparison::add(std::string_view split, const SequenceBatch& batch) {
  const auto known = std::find_if(all_splits.begin(), all_splits.end(),
                                  [&](Split each) { return name(each) == split; });
  complete_ = complete_ && known != all_splits.end();
  if (!complete_) return;
  sequences_[static_cast<std::size_t>(*known)] += batch.size();
  if (has_pairs_) overlap_.add(split, batch);
}

void DatasetComparison::report(const std::optional<Config>& config, Json& report) {
  if (!complete_) return;
  if (Json pairs = overlap_.report(); !pairs.empty()) report["overlap"] = std::move(pairs);
  if (!config) return;
  const Result<Generator> generator = Generator::create(*config);
  if (!generator) return;  // made by code that is not here
  Json expected = expected_measures(*generator, sequences_, report);
  if (!expected.empty()) report["expected"] = std::move(expected);
}

}  // namespace synthgen::cli
