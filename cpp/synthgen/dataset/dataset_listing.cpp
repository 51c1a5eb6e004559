#include "synthgen/dataset/dataset_listing.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/dataset/formats/format.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/length_layer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
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

/// None when the directory has no manifest of this program.
Result<std::optional<ManifestListing>> manifest_in(const fs::path& directory) {
  const fs::path path = directory / manifest_name;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    return fail(ErrorKind::io,
                formatted("{}: cannot read: {}", path.string(), std::strerror(errno)));
  }
  return read_manifest(text, path.string());
}

/// Whether a file that the manifest names is there; a fault when it is not.
bool exists(const std::string& path, std::vector<Fault>& faults) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return true;
  faults.push_back(
      {FaultKind::manifest_mismatch, path, 0, formatted("is missing; {} names it", manifest_name)});
  return false;
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
  Result<std::optional<ManifestListing>> manifest = manifest_in(root);
  if (!manifest) return tl::unexpected(std::move(manifest.error()));

  DatasetListing listing;
  if (*manifest) {
    listing.config = std::move((*manifest)->config);
    for (FileRecord& record : (*manifest)->files) {
      const std::string path = (root / record.file).string();
      names->erase(std::remove(names->begin(), names->end(), record.file), names->end());
      bool complete = exists(path, listing.faults);
      for (const SideRecord& side : record.side_files) {
        complete = exists((root / side.file).string(), listing.faults) && complete;
      }
      if (!complete) continue;
      DatasetFile file{.path = path, .split = name(record.split)};
      if (listing.config) file.limits = limits_of(*listing.config, record.split);
      file.record = std::move(record);
      listing.files.push_back(std::move(file));
    }
  }
  const bool none_named = listing.files.empty();
  if (const std::string both = same_part(*names); none_named && !both.empty()) {
    return fail(ErrorKind::usage, formatted("{}: holds {}; name the files", directory, both));
  }
  for (const std::string& name : *names) {
    const std::string path = (root / name).string();
    if (*manifest) {
      listing.faults.push_back(
          {FaultKind::manifest_mismatch, path, 0, formatted("is not in {}", manifest_name)});
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
