#include "dataset_inputs.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <system_error>

namespace synthgen::cli {
namespace {

namespace fs = std::filesystem;

Result<void> add_directory(const std::string& directory, DatasetInputs& inputs) {
  Result<DatasetListing> listing = list_dataset(directory);
  if (!listing) return tl::unexpected(std::move(listing.error()));
  std::move(listing->files.begin(), listing->files.end(), std::back_inserter(inputs.files));
  std::move(listing->unnamed.begin(), listing->unnamed.end(), std::back_inserter(inputs.unnamed));
  for (std::vector<Fault>* faults : {&listing->manifest_faults, &listing->faults}) {
    std::move(faults->begin(), faults->end(), std::back_inserter(inputs.faults));
  }
  if (listing->vocab_size) {
    inputs.vocab_size = std::max(inputs.vocab_size.value_or(0), *listing->vocab_size);
  }
  if (listing->config) inputs.config = std::move(listing->config);
  return {};
}

/// Files that are given twice, whatever paths lead to them.
std::vector<Problem> doubled_files(const std::vector<DatasetFile>& files) {
  std::vector<Problem> problems;
  std::map<fs::path, std::string> seen;
  for (const DatasetFile& file : files) {
    std::error_code error;
    const fs::path found = fs::canonical(file.path, error);
    const fs::path path = error ? fs::path(file.path) : found;
    const bool is_input = file.path == standard_input;
    if (!is_input && (error || fs::is_directory(path, error))) continue;
    const auto [first, is_new] = seen.emplace(path, file.path);
    if (is_new) continue;
    const std::string as = first->second == file.path ? "" : formatted(", as {}", first->second);
    problems.push_back({input_name(file.path), {}, "is given twice" + as});
  }
  return problems;
}

}  // namespace

Result<DatasetInputs> find_inputs(const std::vector<std::string>& paths) {
  DatasetInputs inputs;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (path == standard_input || !fs::is_directory(path, ignored)) {
      inputs.files.push_back({.path = path, .split = std::string(split_of_name(path))});
    } else if (Result<void> added = add_directory(path, inputs); !added) {
      return tl::unexpected(std::move(added.error()));
    }
  }
  if (paths.size() > 1) inputs.config.reset();
  std::vector<DatasetFile> all = inputs.files;
  all.insert(all.end(), inputs.unnamed.begin(), inputs.unnamed.end());
  std::vector<Problem> problems = doubled_files(all);
  if (!problems.empty()) return fail(std::move(problems));
  return inputs;
}

}  // namespace synthgen::cli
