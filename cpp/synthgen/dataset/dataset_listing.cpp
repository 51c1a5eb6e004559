#include "synthgen/dataset/dataset_listing.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/directory_manifests.hpp"
#include "synthgen/dataset/journal_end.hpp"
#include "synthgen/formats/file_names.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
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

/// Whether a name is that of a split's file of sequences in some format, not of a side file such as
/// train_lengths.npy.
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

/// Adds the existing files of a split that a manifest lists; missing ones are faults. Removes
/// listed files from `names`.
void add_named_files(const NamedManifest& named, Split split, const SequenceLimits& limits,
                     const fs::path& directory, std::vector<std::string>& names,
                     DatasetListing& listing) {
  const auto is_there = [&](const std::string& name) {
    const std::string path = (directory / name).string();
    std::error_code ignored;
    if (fs::exists(path, ignored)) return true;
    listing.faults.push_back(
        {FaultKind::manifest_mismatch, path, 0, formatted("is missing; {} lists it", named.name)});
    return false;
  };
  for (const FileRecord& record : named.manifest.files) {
    if (record.split != split) continue;
    std::erase(names, record.file);
    bool complete = is_there(record.file);
    for (const SideRecord& side : record.side_files) complete = is_there(side.file) && complete;
    if (!complete) continue;
    listing.files.push_back({.path = (directory / record.file).string(),
                             .split = std::string(name(split)),
                             .record = record,
                             .manifest = named.name,
                             .limits = limits});
  }
}

/// Adds the files with these names, which no manifest lists; each is a fault if there is a
/// manifest.
void add_other_files(const DirectoryManifests& manifests, const fs::path& directory,
                     const std::vector<std::string>& names, DatasetListing& listing) {
  const bool none_named = listing.files.empty();
  std::map<std::string, std::string> parts;  // by stem, the name of the file that will be read
  const auto stem_of_part = [](const std::string& name) { return name.substr(0, name.find('.')); };
  for (const DatasetFile& file : listing.files) {
    const std::string name = fs::path(file.path).filename().string();
    parts.emplace(stem_of_part(name), name);
  }
  for (const std::string& name : names) {
    DatasetFile file{.path = (directory / name).string(),
                     .split = std::string(split_of_name(name))};
    const auto [part, is_new] = parts.emplace(stem_of_part(name), name);
    if (!manifests.named.empty()) {
      listing.faults.push_back(
          {FaultKind::manifest_mismatch, file.path, 0,
           formatted(
               "is not in {}{}{}", manifests.are_of_shards ? "a shard's manifest" : manifest_name,
               manifests.is_complete ? "" : " that can be read",
               is_new ? "" : "; not checked, because " + part->second + " is the same part")});
    }
    if (is_new) (none_named ? listing.files : listing.unnamed).push_back(std::move(file));
  }
}

/// Adds a fault for each run that was stopped while it gave its files their names and whose
/// manifest does not exist: manifests are removed first and come last. Files may then be older
/// ones, or missing.
void add_half_replaced(const DirectoryManifests& manifests, const fs::path& directory,
                       DatasetListing& listing) {
  const auto has_manifest = [&](std::string_view name) {
    return std::any_of(manifests.named.begin(), manifests.named.end(),
                       [&](const NamedManifest& named) { return named.name == name; });
  };
  if (has_manifest(manifest_name)) return;  // it is removed before any file of the dataset
  std::vector<std::string> journals;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("metadata") || !name.ends_with(journal_ending)) continue;
    if (has_manifest(name.substr(0, name.size() - journal_ending.size()))) continue;
    if (journal_says_complete(entry.path().string())) journals.push_back(entry.path().string());
  }
  std::sort(journals.begin(), journals.end());
  for (const std::string& journal : journals) {
    listing.faults.push_back({FaultKind::manifest_mismatch, journal, 0,
                              "a run that puts its files in place here has not ended; if it was "
                              "stopped, generate with the same options and --resume ends it"});
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
  Result<DirectoryManifests> manifests = manifests_in(root);
  if (!manifests) return tl::unexpected(std::move(manifests.error()));

  DatasetListing listing;
  listing.manifest_faults = std::move(manifests->faults);
  listing.config = manifests->config;
  listing.vocab_size = manifests->vocab_size();
  for (const Split split : all_splits) {
    const SequenceLimits limits = manifests->limits(split);
    for (const NamedManifest& named : manifests->named) {
      add_named_files(named, split, limits, root, *names, listing);
    }
  }
  if (const std::string both = same_part(*names); listing.files.empty() && !both.empty()) {
    return fail(ErrorKind::usage, formatted("{}: holds {}; name the files", directory, both));
  }
  add_other_files(*manifests, root, *names, listing);
  add_half_replaced(*manifests, root, listing);
  if (listing.files.empty()) {
    return fail(
        ErrorKind::io,
        formatted("{}: no train, val or test file of any format in this directory", directory));
  }
  return listing;
}

std::vector<fs::path> files_read(std::span<const DatasetFile> files) {
  std::vector<fs::path> read;
  for (const DatasetFile& file : files) {
    const std::vector<fs::path> own = files_read_with(file.path);
    read.insert(read.end(), own.begin(), own.end());
    if (file.record) read.push_back(fs::path(file.path).parent_path() / file.manifest);
  }
  return read;
}

}  // namespace synthgen
