#include "dataset_inputs.hpp"

#include "synthgen/config/config.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/formats/format.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "read_text.hpp"

namespace synthgen::cli {
namespace {

namespace fs = std::filesystem;

Result<void> add_directory(const fs::path& directory, DatasetInputs& inputs) {
  std::error_code ignored;
  const std::size_t before = inputs.files.size();
  for (const Split split : all_splits) {
    std::vector<std::string> found;
    for (const std::string& file : main_file_names(name(split))) {
      if (fs::exists(directory / file, ignored)) found.push_back(file);
    }
    if (found.size() > 1) {
      return fail(ErrorKind::usage, formatted("{}: holds {}; name the files", directory.string(),
                                              joined(found, " and ")));
    }
    if (!found.empty()) inputs.files.push_back((directory / found.front()).string());
  }
  if (inputs.files.size() == before) {
    return fail(ErrorKind::io,
                formatted("{}: no train, val or test file of any format in this directory",
                          directory.string()));
  }
  const fs::path manifest = directory / manifest_name;
  if (!fs::exists(manifest, ignored)) return {};
  const Result<std::string> text = read_text(manifest.string());
  if (!text) return tl::unexpected(text.error());
  const Result<Config> config = parse_config(*text, manifest.string());
  if (!config) return tl::unexpected(config.error());
  inputs.vocab_size = std::max(inputs.vocab_size.value_or(0), config->vocab_size);
  inputs.config = *config;
  return {};
}

}  // namespace

Result<DatasetInputs> find_inputs(const std::vector<std::string>& paths) {
  DatasetInputs inputs;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      inputs.files.push_back(path);
    } else if (Result<void> added = add_directory(path, inputs); !added) {
      return tl::unexpected(std::move(added.error()));
    }
  }
  if (paths.size() > 1) inputs.config.reset();
  return inputs;
}

}  // namespace synthgen::cli
