#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/validation_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A file of sequences and what is known of it before it is read.
struct DatasetFile {
  std::string path;
  std::string split = {};  ///< "train", "val", "test"; empty when neither name nor manifest says
  std::optional<FileRecord> record = {};              ///< what the manifest says of it
  std::string manifest = std::string(manifest_name);  ///< the name of that manifest
  SequenceLimits limits = {};                         ///< from the manifest
};

/// The files of a dataset's directory.
struct DatasetListing {
  /// Those that are there: what the manifest names, in its order; where it names none of them, all
  /// by split.
  std::vector<DatasetFile> files;
  /// Those that no manifest names, beside named ones. One that has the same part in another format
  /// is left out.
  std::vector<DatasetFile> unnamed;
  std::vector<Fault> manifest_faults;  ///< what is wrong with the manifests themselves
  std::vector<Fault> faults;  ///< files that the manifest names and are missing, or does not name
  std::optional<Config> config;  ///< from the manifest, where a config has made the dataset
  std::optional<std::int64_t> vocab_size;  ///< ids lie below it, as the manifest says
};

/// The split that a file's name begins with: train.jsonl, val-00003-of-00016.bin, test.csv; also
/// valid, validation and dev for val. Empty for other names.
std::string_view split_of_name(std::string_view path);

/// Lists a directory. Shards that were not merged have manifests of their own, which then say as
/// much as that of the whole. One without a manifest of this program is taken as it is, and so is
/// one whose manifest is malformed, which is a fault. Fails (io) when it holds no file of sequences
/// or cannot be read, (usage) when it holds the same part in two formats and no manifest says
/// which, and when its shards are of different datasets.
Result<DatasetListing> list_dataset(const std::string& directory);

}  // namespace synthgen
