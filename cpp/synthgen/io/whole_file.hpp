#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// The bytes of a file or pipe. Fails (io) with the system's reason, also for a directory.
Result<std::string> read_file(const std::string& path);

/// A file's size and XXH3 128-bit checksum.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string checksum;  ///< 32 hexadecimal digits, as `xxh128sum` prints them
};

/// Reads a whole file for its digest; fails as `read_file` does.
Result<FileDigest> digest_of_file(const std::string& path);

}  // namespace synthgen
