#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/split_overlap.hpp"
#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/generate/generator.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace synthgen::cli {

/// Adds to the report of a dataset what its splits share (`overlap`) and what its manifest's config
/// predicts (`expected`).
class DatasetComparison {
 public:
  /// `files` are the files whose sequences will be added.
  DatasetComparison(const std::vector<DatasetFile>& files, const AnalysisOptions& options);

  /// `split` is empty if unknown: the report then gets neither section. Fails (io) if a temporary
  /// file cannot be written.
  Result<void> add(std::string_view split, const SequenceBatch& batch);

  /// `config` is the manifest's; `threads` threads simulate what has no closed form. Fails (io) if
  /// a temporary file cannot be read.
  Result<void> report(const std::optional<Config>& config, unsigned threads, bool quiet,
                      Json& report);

 private:
  AnalysisOptions options_;
  SplitOverlap overlap_;
  bool has_pairs_ = false;  ///< files belong to several splits, which can share sequences
  Generator::SequenceCounts sequences_{};
  bool complete_ = true;  ///< the split of every sequence is known
};

}  // namespace synthgen::cli
