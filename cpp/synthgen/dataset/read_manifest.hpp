#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace synthgen {

/// What a dataset's metadata.json says.
struct ManifestListing {
  std::optional<Config> config;  ///< none for data that no config made, such as curriculum stages
  std::vector<FileRecord> files;
};

/// Reads the text of a metadata.json, which errors call `name`. None when it is JSON of another
/// program. Fails (usage) when it is not JSON or its config is wrong, (data) when a record of a
/// file is malformed or names a file outside of the directory.
Result<std::optional<ManifestListing>> read_manifest(std::string_view text, std::string_view name);

}  // namespace synthgen
