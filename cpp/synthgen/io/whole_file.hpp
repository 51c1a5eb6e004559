#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// A file's size and XXH3 128-bit checksum.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string checksum;  ///< 32 hexadecimal digits, as `xxh128sum` prints them
};

/// Reads a whole file for its digest; fails (io) when it cannot be read.
Result<FileDigest> digest_of_file(const std::string& path);

}  // namespace synthgen
