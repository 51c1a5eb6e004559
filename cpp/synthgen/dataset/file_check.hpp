#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// What is wrong with one file of a dataset.
struct FileFault {
  std::string file;     ///< its name in the dataset's directory
  std::string message;  ///< what was found and what was expected
  bool missing = false;

  std::string text() const { return file + ": " + message; }
};

/// The differences of a file's size and checksum from its record in a manifest. Fails (io) if the
/// system refuses to read it.
Result<std::vector<FileFault>> check_file(const std::string& directory, const SideRecord& record);

/// The same for a file and its side files.
Result<std::vector<FileFault>> check_files(const std::string& directory, const FileRecord& record);

}  // namespace synthgen
