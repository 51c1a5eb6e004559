#include "synthgen/dataset/write/existing_dataset.hpp"

#include "synthgen/dataset/directory_manifests.hpp"
#include "synthgen/formats/file_names.hpp"

#include <algorithm>
#include <set>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// A manifest; none if there is no such file, or if its text is none.
Result<std::optional<ExistingManifest>> readable_manifest(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  const Result<std::string> text = read_manifest(path.string());
  if (!text && !fs::is_regular_file(path, ignored)) return std::nullopt;
  if (!text) return tl::unexpected(text.error());
  Result<Manifest> manifest = parse_manifest(*text, path.string());
  if (!manifest) return std::nullopt;
  return ExistingManifest{std::move(*manifest), manifest_damage(*text).empty()};
}

std::set<std::string> listed_files(const Manifest& manifest) {
  std::set<std::string> names;
  for (const FileRecord& file : manifest.files) {
    names.insert(file.file);
    for (const SideRecord& side : file.side_files) names.insert(side.file);
  }
  if (manifest.analysis) names.insert(manifest.analysis->file);
  return names;
}

/// Readers come from a manifest to a file of sequences, and from that to its side files.
int removal_rank(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.starts_with("metadata")) return 0;
  const std::vector<std::string> files = main_file_names(name.substr(0, name.find('.')));
  return std::find(files.begin(), files.end(), name) != files.end() ? 1 : 2;
}

/// Whether the name is one of another shard of the same number of shards.
bool is_of_neighbour(const std::string& file, const Shard& shard) {
  return shard.count > 0 && file.find(of_shards(shard.count)) != file.npos;
}

/// Those of the names that exist.
std::vector<fs::path> existing(const fs::path& directory, const std::set<std::string>& names) {
  std::set<fs::path> paths;
  std::error_code ignored;
  for (const std::string& file : names) {
    if (fs::exists(directory / file, ignored)) paths.insert(directory / file);
  }
  return in_order_of_removal(paths);
}

/// Whether `manifest` has a file of that name for the same sequences.
bool has_file(const Manifest& manifest, const FileRecord& file) {
  return std::any_of(manifest.files.begin(), manifest.files.end(), [&](const FileRecord& other) {
    return other.file == file.file && other.split == file.split &&
           other.first_sequence == file.first_sequence && other.sequences == file.sequences;
  });
}

}  // namespace

Result<std::vector<fs::path>> files_in_the_way(const fs::path& directory, const Shard& shard) {
  std::set<std::string> names{manifest_file(shard), analysis_file(shard)};
  for (const Split split : all_splits) {
    const std::string stem = shard_file(name(split), shard, "");
    for (std::string& file : possible_file_names(stem)) {
      // A file that all shards share, such as meta.pkl, is not in the way.
      if (shard.count == 0 || file.starts_with(stem)) names.insert(std::move(file));
    }
  }
  std::vector<fs::path> manifests{directory / manifest_name};
  if (shard.count == 0) {
    const Result<std::vector<fs::path>> of_shards = shard_manifests(directory);
    if (!of_shards) return tl::unexpected(of_shards.error());
    manifests.insert(manifests.end(), of_shards->begin(), of_shards->end());
  }
  for (const fs::path& path : manifests) {
    names.insert(path.filename().string());
    const Result<std::optional<ExistingManifest>> found = readable_manifest(path);
    if (!found) return tl::unexpected(found.error());
    if (!*found) continue;
    for (const std::string& file : listed_files((*found)->manifest)) {
      if (!is_of_neighbour(file, shard)) names.insert(file);
    }
  }
  return existing(directory, names);
}

Result<std::vector<fs::path>> shards_in_the_way(const fs::path& directory, std::uint32_t count) {
  std::set<std::string> names;
  const Result<std::vector<fs::path>> of_shards_there = shard_manifests(directory);
  if (!of_shards_there) return tl::unexpected(of_shards_there.error());
  for (const fs::path& path : *of_shards_there) {
    const std::string name = path.filename().string();
    if (name.find(of_shards(count)) != name.npos) continue;
    names.insert(name);
    const Result<std::optional<ExistingManifest>> found = readable_manifest(path);
    if (!found) return tl::unexpected(found.error());
    if (*found) names.merge(listed_files((*found)->manifest));
  }
  std::erase_if(names,
                [&](const std::string& name) { return is_of_neighbour(name, {.count = count}); });
  return existing(directory, names);
}

std::vector<fs::path> in_order_of_removal(const std::set<fs::path>& paths) {
  std::vector<fs::path> in_order(paths.begin(), paths.end());
  std::stable_sort(in_order.begin(), in_order.end(), [](const fs::path& a, const fs::path& b) {
    return removal_rank(a) < removal_rank(b);
  });
  return in_order;
}

Result<std::vector<ExistingManifest>> existing_manifests(const fs::path& directory,
                                                         const Shard& shard, const Json& head,
                                                         const std::vector<FileRecord>& files) {
  std::vector<ExistingManifest> existing;
  for (const std::string& file : std::set{manifest_file(shard), std::string(manifest_name)}) {
    Result<std::optional<ExistingManifest>> found = readable_manifest(directory / file);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found || !same_dataset((*found)->manifest.head, head)) continue;
    const Manifest& manifest = (*found)->manifest;
    if (std::all_of(files.begin(), files.end(),
                    [&](const FileRecord& each) { return has_file(manifest, each); })) {
      existing.push_back(std::move(**found));
    }
  }
  return existing;
}

}  // namespace synthgen
