#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/validation_report.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A file of sequences and what is known of it without reading it.
struct DatasetFile {
  std::string path;
  std::string split = {};                 ///< "train", "val" or "test"; empty if unknown
  std::optional<FileRecord> record = {};  ///< from the manifest
  std::string manifest = std::string(manifest_name);  ///< the name of that manifest
  SequenceLimits limits = {};                         ///< from the manifest
};

/// The files of a dataset's directory.
struct DatasetListing {
  /// The existing files that the manifest lists, in its order; all files by split if it lists none
  /// of them.
  std::vector<DatasetFile> files;
  /// Other files, which no manifest lists. A file with the same part of the dataset in another
  /// format is left out.
  std::vector<DatasetFile> unnamed;
  std::vector<Fault> manifest_faults;  ///< of the manifests themselves
  std::vector<Fault>
      faults;  ///< files that the manifest lists and are missing, or that it does not list
  std::optional<Config> config;            ///< from the manifest, if it has one
  std::optional<std::int64_t> vocab_size;  ///< ids are below it, from the manifest
};

/// The split at the start of a file's name: train.jsonl, val-00003-of-00016.bin, test.csv; valid,
/// validation and dev also mean val. Empty for other names.
std::string_view split_of_name(std::string_view path);

/// Lists a directory. Shards that were not merged have manifests of their own, which are used like
/// that of the whole. A directory without a manifest of this program is listed by file names, and
/// so is one with a malformed manifest, which is a fault. Fails (io) if it has no file of sequences
/// or cannot be read, (usage) if it has the same part of a dataset in two formats and no manifest
/// says which is meant, or if its shards are of different datasets.
Result<DatasetListing> list_dataset(const std::string& directory);

/// Every file from which reading or checking these can read: the files of sequences, their side
/// files, and the manifests that list them.
std::vector<std::filesystem::path> files_read(std::span<const DatasetFile> files);

}  // namespace synthgen
