#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/validation_report.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// A manifest and its file's name.
struct NamedManifest {
  std::string name;
  Manifest manifest;
};

/// This program's manifests in a directory.
struct DirectoryManifests {
  std::vector<NamedManifest> named;  ///< that of the whole dataset, or else those of shards
  bool are_of_shards = false;
  bool is_complete = true;       ///< whether all could be read
  std::vector<Fault> faults;     ///< malformed manifests, and those that were changed
  std::optional<Config> config;  ///< if the dataset has one

  /// The limits of a split's sequences, from the config or a curriculum's stage.
  SequenceLimits limits(Split split) const;

  /// Ids of the dataset are below it.
  std::optional<std::int64_t> vocab_size() const;
};

/// The manifests of shards that were not merged yet, by name; none where there is no such
/// directory. Fails (io) if it cannot be read.
Result<std::vector<std::filesystem::path>> shard_manifests(const std::filesystem::path& directory);

/// Reads the manifests in a directory. A malformed one is a fault and left out; all are left out if
/// their config is wrong. Fails (io) if the system refuses, (usage) if shards are of different
/// datasets.
Result<DirectoryManifests> manifests_in(const std::filesystem::path& directory);

}  // namespace synthgen
