#include "synthgen/dataset/write/existing_dataset.hpp"

#include "synthgen/dataset/file_check.hpp"

#include <algorithm>
#include <set>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

std::optional<StandingManifest> readable_manifest(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  const Result<std::string> text = read_file(path.string());
  if (!text) return std::nullopt;
  Result<Manifest> manifest = parse_manifest(*text, path.string());
  if (!manifest) return std::nullopt;
  return StandingManifest{std::move(*manifest), check_manifest_text(*text, {}).has_value()};
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

/// Whether the name ends as those of the other shards of as many do, before its extension.
bool is_of_neighbour(const std::string& file, const Shard& shard) {
  return shard.count > 0 && file.find(of_shards(shard.count)) != file.npos;
}

/// Whether `manifest` has a file of that name for the same sequences.
bool has_file(const Manifest& manifest, const FileRecord& file) {
  return std::any_of(manifest.files.begin(), manifest.files.end(), [&](const FileRecord& other) {
    return other.file == file.file && other.split == file.split &&
           other.first_sequence == file.first_sequence && other.sequences == file.sequences;
  });
}

}  // namespace

std::vector<fs::path> shard_manifests(const fs::path& directory) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    constexpr std::string_view example = "metadata-00003-of-00016.json";
    const auto alike = [](char found, char shown) {
      const bool is_digit = found >= '0' && found <= '9';
      return shown >= '0' && shown <= '9' ? is_digit : found == shown;
    };
    if (name.size() == example.size() &&
        std::equal(name.begin(), name.end(), example.begin(), alike)) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<fs::path> files_in_the_way(const fs::path& directory, const Shard& shard) {
  std::set<std::string> names{manifest_file(shard), analysis_file(shard)};
  for (const Split split : all_splits) {
    const std::string stem = shard_file(name(split), shard, "");
    for (std::string& file : possible_file_names(stem)) {
      // What all shards share, such as meta.pkl, is in nobody's way.
      if (shard.count == 0 || file.starts_with(stem)) names.insert(std::move(file));
    }
  }
  std::vector<fs::path> manifests{directory / manifest_name};
  if (shard.count == 0) {
    const std::vector<fs::path> of_shards = shard_manifests(directory);
    manifests.insert(manifests.end(), of_shards.begin(), of_shards.end());
  }
  for (const fs::path& path : manifests) {
    names.insert(path.filename().string());
    const std::optional<StandingManifest> standing = readable_manifest(path);
    if (!standing) continue;
    for (const std::string& file : listed_files(standing->manifest)) {
      if (!is_of_neighbour(file, shard)) names.insert(file);
    }
  }
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const std::string& file : names) {
    if (fs::exists(directory / file, ignored)) paths.push_back(directory / file);
  }
  return paths;
}

std::optional<StandingManifest> manifest_of(const fs::path& directory, const Shard& shard,
                                            const Json& head,
                                            const std::vector<FileRecord>& files) {
  for (const std::string& file : {manifest_file(shard), std::string(manifest_name)}) {
    std::optional<StandingManifest> standing = readable_manifest(directory / file);
    if (!standing || !same_dataset(standing->manifest.head, head)) continue;
    if (std::all_of(files.begin(), files.end(),
                    [&](const FileRecord& each) { return has_file(standing->manifest, each); })) {
      return standing;
    }
  }
  return std::nullopt;
}

}  // namespace synthgen
