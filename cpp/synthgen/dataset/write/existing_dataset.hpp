#pragma once

#include "synthgen/dataset/manifest.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace synthgen {

/// The manifests of shards in a directory, those not merged yet, by name.
std::vector<std::filesystem::path> shard_manifests(const std::filesystem::path& directory);

/// What is in a directory and would have to go for a shard, or for a whole dataset, to be written
/// there: its own files in any format, a manifest of the whole with what it lists, and for a whole
/// dataset the shards that are there. Other shards of as many are neighbours and stay.
std::vector<std::filesystem::path> files_in_the_way(const std::filesystem::path& directory,
                                                    const Shard& shard);

/// A manifest that was found, and whether its text is as it was written.
struct StandingManifest {
  Manifest manifest;
  bool is_intact = false;
};

/// The manifest in the directory that describes the shard with such files of that dataset: its own
/// or that of the whole. None where there is no such.
std::optional<StandingManifest> manifest_of(const std::filesystem::path& directory,
                                            const Shard& shard, const Json& head,
                                            const std::vector<FileRecord>& files);

}  // namespace synthgen
