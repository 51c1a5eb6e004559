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
  std::string message;  ///< what was found and what should be there
  bool missing = false;

  std::string text() const { return file + ": " + message; }
};

/// The bytes of a file. Fails (io) with the system's reason, also for a directory.
Result<std::string> read_file(const std::string& path);

/// Compares a file's size and checksum with what a manifest says of it; without faults it is right.
/// Fails (io) when the system refuses to read it.
Result<std::vector<FileFault>> check_file(const std::string& directory, const SideRecord& record);

/// The same for a file and those that belong to it.
Result<std::vector<FileFault>> check_files(const std::string& directory, const FileRecord& record);

}  // namespace synthgen
