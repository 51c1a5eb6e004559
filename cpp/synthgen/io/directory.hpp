#pragma once

#include "synthgen/config/result.hpp"

#include <string>

namespace synthgen {

/// The directory that a path's name is in; "." for a bare name.
std::string directory_of(const std::string& path);

/// Removes a file if it exists; fails (io) with the system's reason, also for a directory.
Result<void> remove_file(const std::string& path);

/// Flushes the names in a directory to the disk. Succeeds where that cannot be done: in a directory
/// that may not be read, or on a file system without such a call. Fails (io).
Result<void> sync_directory(const std::string& directory);

/// Whether a name leads to the open file, and is not one that another file has taken since.
bool leads_to(const std::string& path, int descriptor) noexcept;

}  // namespace synthgen
