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

/// What the manifests in a directory say, those of this program.
struct DirectoryManifests {
  std::vector<NamedManifest> named;  ///< that of the whole, or else those of shards
  bool are_of_shards = false;
  bool is_complete = true;       ///< each that is there could be read
  std::vector<Fault> faults;     ///< malformed ones, and those that are not as they were written
  std::optional<Config> config;  ///< where one has made the dataset

  /// What sequences of a split can be, by the config or, for a curriculum's stage, its bounds.
  SequenceLimits limits(Split split) const;

  /// Ids of the dataset lie below it.
  std::optional<std::int64_t> vocab_size() const;
};

/// Reads the manifests in a directory. What cannot be read as one is a fault and left out; so are
/// all when the config in them is wrong. Fails (io) when the system refuses, (usage) when shards
/// are of different datasets.
Result<DirectoryManifests> manifests_in(const std::filesystem::path& directory);

}  // namespace synthgen
