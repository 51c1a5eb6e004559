#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/dataset/dataset_listing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthgen::cli {

/// The files of sequences that a command's operands name, and what is known of them.
struct DatasetInputs {
  std::vector<DatasetFile> files;
  std::vector<DatasetFile> unnamed;  ///< others in directories, which the manifests do not list
  /// Of the directories' manifests and of files that differ from them.
  std::vector<Fault> faults;
  /// The largest in the manifests of the directories, if any has one.
  std::optional<std::int64_t> vocab_size;
  /// Of a directory that is the only operand.
  std::optional<Config> config;
};

/// A directory means the dataset's files in it, as `list_dataset` lists them. Fails as that does,
/// and (usage) if a file is given twice.
Result<DatasetInputs> find_inputs(const std::vector<std::string>& paths);

}  // namespace synthgen::cli
