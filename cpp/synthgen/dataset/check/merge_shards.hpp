#pragma once

#include "synthgen/dataset/file_check.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

/// What the shards in a directory are.
struct ShardSurvey {
  std::uint32_t num_shards = 0;
  /// Shards to be made, in order: those without a manifest and those with a fault.
  std::vector<std::uint32_t> missing;
  std::vector<FileFault> faults;  ///< what is wrong with files that are there
  /// The manifest of the whole, when nothing is missing. Its `analysis` is still to be made.
  Manifest joined;
  /// The shards' partial analyses, in order; empty where there are none.
  std::vector<SideRecord> analyses;
  bool was_merged = false;  ///< a manifest of the whole is there

  bool is_complete() const noexcept { return missing.empty(); }
};

/// Looks at the shards of a dataset in a directory, every file's checksum included. `num_shards` is
/// how many there should be; 0: as many as the manifests say. Fails (usage) when they are of
/// different datasets, doubled or of different numbers, or when there are none and `num_shards` is
/// 0; (io) when the system refuses.
Result<ShardSurvey> survey_shards(const std::string& directory, std::uint32_t num_shards = 0);

/// "2,5,9".
std::string missing_text(const ShardSurvey& survey);

/// Joins the manifests of a complete survey into metadata.json and the partial analyses into
/// analysis.json, then removes them. Fails (data) when an analysis cannot be read, (io) when the
/// system refuses.
Result<Manifest> merge_shards(const std::string& directory, const ShardSurvey& survey);

}  // namespace synthgen
