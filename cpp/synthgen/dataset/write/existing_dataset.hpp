#pragma once

#include "synthgen/dataset/manifest.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <vector>

namespace synthgen {

/// The files in a directory that must be removed before a shard, or a whole dataset, is written
/// there: its own files in any format, a manifest of the whole with the files that it lists and,
/// for a whole dataset, existing shards. Other shards of the same number of shards stay. In the
/// order of their removal. Fails (io) if the system refuses to read a manifest.
Result<std::vector<std::filesystem::path>> files_in_the_way(const std::filesystem::path& directory,
                                                            const Shard& shard);

/// The shards of any other number of shards, with manifests of their own: what is in the way of all
/// `count` shards besides what is in the way of each. Fails as `files_in_the_way` does.
Result<std::vector<std::filesystem::path>> shards_in_the_way(const std::filesystem::path& directory,
                                                             std::uint32_t count);

/// Files in the order of their removal: manifests, files of sequences, their side files.
std::vector<std::filesystem::path> in_order_of_removal(
    const std::set<std::filesystem::path>& paths);

/// A manifest in a directory, and whether its text is intact.
struct ExistingManifest {
  Manifest manifest;
  bool is_intact = false;
};

/// The manifests in the directory that describe the shard with these files of the dataset with that
/// head: the shard's, then that of the whole. Both are there while a merge ends. Fails (io) if the
/// system refuses to read one.
Result<std::vector<ExistingManifest>> existing_manifests(const std::filesystem::path& directory,
                                                         const Shard& shard, const Json& head,
                                                         const std::vector<FileRecord>& files);

}  // namespace synthgen
