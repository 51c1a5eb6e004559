#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// The bytes of a file, a pipe or, as "-", standard input. Fails (io) with the system's reason,
/// also for a directory and beyond 1 GiB; (cancelled) if a stop is requested while it waits for a
/// pipe.
Result<std::string> read_file(const std::string& path);

/// A file's size and XXH3 128-bit checksum.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string checksum;  ///< 32 hexadecimal digits, as `xxh128sum` prints them
};

/// Reads a whole file for its digest; fails as `read_file` does.
Result<FileDigest> digest_of_file(const std::string& path);

/// The same for a file that is open.
Result<FileDigest> digest_of(const ByteFile& file);

}  // namespace synthgen
