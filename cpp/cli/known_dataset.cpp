#include "known_dataset.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <filesystem>

namespace synthgen::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> unknown_law(const std::string& path, std::string_view why) {
  return fail(ErrorKind::usage, formatted("{}: {}; the law comes from the config in metadata.json, "
                                          "as synthgen generate writes it",
                                          path, why));
}

}  // namespace

Result<KnownDataset> KnownDataset::open(const std::string& path) {
  std::error_code ignored;
  const bool is_directory = fs::is_directory(path, ignored);
  if (!is_directory && !fs::exists(path, ignored)) {
    return fail(ErrorKind::io, formatted("{}: does not exist", path));
  }
  const fs::path parent = fs::path(path).parent_path();
  const std::string directory = is_directory ? path : parent.empty() ? "." : parent.string();
  Result<DatasetListing> listing = list_dataset(directory);
  if (!listing) return tl::unexpected(std::move(listing.error()));
  for (const std::vector<Fault>* faults : {&listing->manifest_faults, &listing->faults}) {
    if (!faults->empty() && (is_directory || faults == &listing->manifest_faults)) {
      return fail(ErrorKind::data, faults->front().text());
    }
  }
  std::vector<DatasetFile> files;
  for (DatasetFile& file : listing->files) {
    const bool is_meant = is_directory || fs::equivalent(file.path, path, ignored);
    if (is_meant && file.record) files.push_back(std::move(file));
  }
  if (files.empty()) return unknown_law(path, "no metadata.json lists it");
  if (!listing->config) return unknown_law(path, "its metadata.json has no config");
  Result<Generator> generator = Generator::create(*listing->config);
  if (!generator) return tl::unexpected(std::move(generator.error()));
  std::stable_sort(files.begin(), files.end(), [](const DatasetFile& a, const DatasetFile& b) {
    return a.record->first_sequence < b.record->first_sequence;
  });
  return KnownDataset(path, std::move(*generator), std::move(files));
}

std::vector<const DatasetFile*> KnownDataset::files_of(Split split) const {
  std::vector<const DatasetFile*> files;
  for (const DatasetFile& file : files_) {
    if (file.record->split == split) files.push_back(&file);
  }
  return files;
}

Split KnownDataset::held_out() const {
  for (const Split split : {Split::val, Split::test}) {
    if (!files_of(split).empty()) return split;
  }
  return Split::train;
}

Result<SplitPart> KnownDataset::part(Split split) const {
  const std::vector<const DatasetFile*> files = files_of(split);
  if (files.empty()) {
    return fail(ErrorKind::usage, formatted("{}: has no file of the split {}", path_, name(split)));
  }
  SplitPart part{split, files.front()->record->first_sequence};
  for (const DatasetFile* file : files) {
    const std::uint64_t next = part.first + part.count;
    if (file->record->first_sequence != next) {
      return fail(ErrorKind::usage,
                  formatted("{}: begins with sequence {}, but the file before it ends at {}; name "
                            "one file, or give all shards",
                            file->path, file->record->first_sequence, next));
    }
    part.files.push_back(file->path);
    part.count += file->record->sequences;
  }
  return part;
}

std::optional<Problem> store_split(const std::string& text, std::optional<Split>& split) {
  std::vector<std::string_view> names;
  for (const Split each : all_splits) {
    names.push_back(name(each));
    if (text == name(each)) split = each;
  }
  if (split) return std::nullopt;
  return Problem{{}, to_text(Json(text)), "one of " + joined(names, ", ")};
}

}  // namespace synthgen::cli
