#pragma once

#include "synthgen/dataset/manifest.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace synthgen {

/// The files in a directory that must be removed before a shard, or a whole dataset, is written
/// there: its own files in any format, a manifest of the whole with the files that it lists and,
/// for a whole dataset, existing shards. Other shards of the same number of shards stay. In the
/// order of their removal: manifests, files of sequences, their side files.
std::vector<std::filesystem::path> files_in_the_way(const std::filesystem::path& directory,
                                                    const Shard& shard);

/// A manifest in a directory, and whether its text is intact.
struct ExistingManifest {
  Manifest manifest;
  bool is_intact = false;
};

/// The manifest in the directory that describes the shard with these files of the dataset with that
/// head: the shard's or that of the whole. None if there is no such manifest.
std::optional<ExistingManifest> existing_manifest(const std::filesystem::path& directory,
                                                  const Shard& shard, const Json& head,
                                                  const std::vector<FileRecord>& files);

}  // namespace synthgen
