#pragma once

#include "synthgen/dataset/file_check.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synthgen {

/// The state of the shards in a directory.
struct ShardSurvey {
  std::uint32_t num_shards = 0;
  /// Shards still to be written, in order: those without a manifest or with a fault.
  std::vector<std::uint32_t> missing;
  std::vector<FileFault> faults;  ///< of existing files
  /// The manifest of the whole if nothing is missing; without the report of the analysis.
  Manifest joined;
  /// The shards' partial analyses, in order; empty if there are none.
  std::vector<SideRecord> analyses;
  bool was_merged = false;  ///< whether the manifest of the whole exists

  bool is_complete() const noexcept { return missing.empty(); }
};

/// Checks the shards of a dataset in a directory, every file's checksum included. `num_shards` is
/// their expected number; 0: the number in the manifests. Fails (usage) if they are of different
/// datasets or numbers of shards, if one occurs twice, or if there are none and `num_shards` is 0;
/// (io) if the system refuses.
Result<ShardSurvey> survey_shards(const std::string& directory, std::uint32_t num_shards = 0);

/// "2,5,9".
std::string missing_text(const ShardSurvey& survey);

/// Merges the manifests of a complete survey into metadata.json and the partial analyses into
/// analysis.json, then removes them. Fails (data) if an analysis cannot be read, (io) if the system
/// refuses, (cancelled) if `stopped` before anything is written.
Result<Manifest> merge_shards(const std::string& directory, const ShardSurvey& survey,
                              const std::function<bool()>& stopped = {});

}  // namespace synthgen
