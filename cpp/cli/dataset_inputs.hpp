#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/dataset/dataset_listing.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace synthgen::cli {

/// What the operands of a command mean: files of sequences, and what is known of them.
struct DatasetInputs {
  std::vector<DatasetFile> files;
  std::vector<DatasetFile> unnamed;  ///< others in directories, which the manifests do not name
  /// Of the manifests of directories, and files that differ from what these list.
  std::vector<Fault> faults;
  /// From the manifests of the directories among the operands: the largest, if any has one.
  std::optional<std::int64_t> vocab_size;
  /// That of the only directory, when there are no other operands.
  std::optional<Config> config;
};

/// A directory stands for the dataset's files in it, as `list_dataset` lists them. Fails as that
/// does, and (usage) when a file is meant twice.
Result<DatasetInputs> find_inputs(const std::vector<std::string>& paths);

/// Every file that measuring or checking the inputs can read: those of sequences, what belongs to
/// them, and the manifests that name them.
std::vector<std::filesystem::path> files_read(const DatasetInputs& inputs);

}  // namespace synthgen::cli
