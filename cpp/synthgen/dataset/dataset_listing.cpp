#include "synthgen/dataset/dataset_listing.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/dataset/file_check.hpp"
#include "synthgen/dataset/formats/format.hpp"
#include "synthgen/dataset/standing_dataset.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/length_layer.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

struct SplitName {
  std::string_view name;
  std::string_view split;
};
constexpr std::array split_names{SplitName{"train", "train"}, SplitName{"val", "val"},
                                 SplitName{"valid", "val"},   SplitName{"validation", "val"},
                                 SplitName{"dev", "val"},     SplitName{"test", "test"}};

/// Whether a name is that of a file of sequences in some format, named for a split. What belongs to
/// such a file has a name like train_lengths.npy.
bool is_data_file(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find('.'));
  if (split_of_name(name).empty() || stem.find('_') != stem.npos) return false;
  const std::vector<std::string> known = main_file_names(stem);
  return std::find(known.begin(), known.end(), name) != known.end();
}

/// Two files that hold the same part of a dataset in two formats, as "train.jsonl and train.npy";
/// empty when there are none. The names are sorted.
std::string same_part(const std::vector<std::string>& names) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    const std::string_view a = names[i - 1];
    const std::string_view b = names[i];
    if (a.substr(0, a.find('.')) == b.substr(0, b.find('.')))
      return names[i - 1] + " and " + names[i];
  }
  return {};
}

/// The names of the files of sequences in a directory, by split, then by name.
Result<std::vector<std::string>> data_files(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    if (is_data_file(name) && !entry->is_directory(ignored)) names.push_back(name);
  }
  if (error) {
    return fail(ErrorKind::io, formatted("{}: cannot read the directory: {}", directory.string(),
                                         error.message()));
  }
  std::sort(names.begin(), names.end());
  const auto order = [](const std::string& name) {
    const std::string_view split = split_of_name(name);
    return std::find_if(split_names.begin(), split_names.end(),
                        [&](const SplitName& known) { return known.split == split; });
  };
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return order(a) < order(b); });
  return names;
}

/// What sequences of a split can be; a custom generator's may stop anywhere.
SequenceLimits limits_of(const Config& config, Split split) {
  std::vector<Problem> ignored;  // the generator that wrote the manifest had none
  const Config in_split = split_config(config, split, ignored);
  const Result<Generator> generator = Generator::create(config);
  const LengthRange lengths =
      generator ? generator->length_range(split) : LengthRange{1, LengthLayer(in_split).longest()};
  return {.vocab_size = in_split.vocab_size,
          .min_length = static_cast<std::int64_t>(lengths.shortest),
          .max_length = static_cast<std::int64_t>(lengths.longest)};
}

struct NamedManifest {
  std::string name;
  Manifest manifest;
};

/// The manifest in a file; none when it is another program's.
Result<std::optional<NamedManifest>> manifest_in(const fs::path& path) {
  const Result<std::string> text = read_file(path.string());
  if (!text) return tl::unexpected(text.error());
  Result<std::optional<Manifest>> manifest = parse_metadata(*text, path.string());
  if (!manifest) return tl::unexpected(std::move(manifest.error()));
  if (!*manifest) return std::nullopt;
  return NamedManifest{path.filename().string(), std::move(**manifest)};
}

/// The manifest of the whole, or else those of the shards; none of another program.
Result<std::vector<NamedManifest>> manifests_in(const fs::path& directory) {
  std::error_code ignored;
  std::vector<fs::path> paths{directory / manifest_name};
  if (!fs::exists(paths.front(), ignored)) paths = shard_manifests(directory);
  std::vector<NamedManifest> manifests;
  for (const fs::path& path : paths) {
    Result<std::optional<NamedManifest>> read = manifest_in(path);
    if (!read) return tl::unexpected(std::move(read.error()));
    if (!*read) continue;
    const auto is_other = [&](const NamedManifest& first) {
      const Manifest& manifest = (*read)->manifest;
      return !same_dataset(first.manifest.head, manifest.head) ||
             first.manifest.shard.count != manifest.shard.count;
    };
    if (!manifests.empty() && is_other(manifests.front())) {
      return fail(ErrorKind::usage,
                  formatted("{}: {} and {} are of different datasets; name the files",
                            directory.string(), manifests.front().name, (*read)->name));
    }
    manifests.push_back(std::move(**read));
  }
  return manifests;
}

/// The config that made the dataset; none for other data.
Result<std::optional<Config>> config_in(const NamedManifest& named, const fs::path& directory) {
  if (!named.manifest.head.contains("config")) return std::nullopt;
  Result<Config> config = config_of(named.manifest);
  if (config) return std::move(*config);
  std::vector<Problem> problems = config.error().problems;
  for (Problem& problem : problems) problem.source = (directory / named.name).string();
  return fail(std::move(problems));
}

/// Adds the files of a split that a manifest names and are there; those that are not are faults.
/// Takes what it names from `names`.
void add_named_files(const NamedManifest& named, Split split, const fs::path& directory,
                     std::vector<std::string>& names, DatasetListing& listing) {
  const auto is_there = [&](const std::string& name) {
    const std::string path = (directory / name).string();
    std::error_code ignored;
    if (fs::exists(path, ignored)) return true;
    listing.faults.push_back(
        {FaultKind::manifest_mismatch, path, 0, formatted("is missing; {} names it", named.name)});
    return false;
  };
  for (const FileRecord& record : named.manifest.files) {
    if (record.split != split) continue;
    std::erase(names, record.file);
    bool complete = is_there(record.file);
    for (const SideRecord& side : record.side_files) complete = is_there(side.file) && complete;
    if (!complete) continue;
    DatasetFile file{.path = (directory / record.file).string(),
                     .split = std::string(name(split)),
                     .record = record,
                     .manifest = named.name};
    if (listing.config) file.limits = limits_of(*listing.config, split);
    listing.files.push_back(std::move(file));
  }
}

}  // namespace

std::string_view split_of_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.find_first_of(".-_"));
  const auto found = std::find_if(split_names.begin(), split_names.end(),
                                  [&](const SplitName& known) { return known.name == name; });
  return found == split_names.end() ? std::string_view() : found->split;
}

Result<DatasetListing> list_dataset(const std::string& directory) {
  const fs::path root = directory;
  Result<std::vector<std::string>> names = data_files(root);
  if (!names) return tl::unexpected(std::move(names.error()));
  const Result<std::vector<NamedManifest>> manifests = manifests_in(root);
  if (!manifests) return tl::unexpected(manifests.error());

  DatasetListing listing;
  if (!manifests->empty()) {
    Result<std::optional<Config>> config = config_in(manifests->front(), root);
    if (!config) return tl::unexpected(std::move(config.error()));
    listing.config = std::move(*config);
  }
  for (const Split split : all_splits) {
    for (const NamedManifest& named : *manifests) {
      add_named_files(named, split, root, *names, listing);
    }
  }
  const bool none_named = listing.files.empty();
  if (const std::string both = same_part(*names); none_named && !both.empty()) {
    return fail(ErrorKind::usage, formatted("{}: holds {}; name the files", directory, both));
  }
  for (const std::string& name : *names) {
    const std::string path = (root / name).string();
    if (!manifests->empty()) {
      const bool of_whole = manifests->front().name == manifest_name;
      listing.faults.push_back(
          {FaultKind::manifest_mismatch, path, 0,
           formatted("is not in {}", of_whole ? manifest_name : "a shard's manifest")});
    }
    if (none_named)
      listing.files.push_back({.path = path, .split = std::string(split_of_name(name))});
  }
  if (listing.files.empty()) {
    return fail(
        ErrorKind::io,
        formatted("{}: no train, val or test file of any format in this directory", directory));
  }
  return listing;
}

}  // namespace synthgen
