#include "synthgen/io/free_space.hpp"

#include "synthgen/config/formatted.hpp"

#include <sys/statvfs.h>

namespace synthgen {

std::optional<std::uint64_t> free_space_bytes(const std::string& directory) {
  struct statvfs status {};
  // File systems without a size of their own say 0 blocks.
  if (::statvfs(directory.c_str(), &status) != 0 || status.f_blocks == 0) return std::nullopt;
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

Result<void> check_free_space(const std::string& directory, std::uint64_t needed_bytes) {
  const std::optional<std::uint64_t> free_bytes = free_space_bytes(directory);
  if (!free_bytes || *free_bytes >= needed_bytes) return {};
  return fail(ErrorKind::io,
              formatted("{}: not enough space: about {} bytes are needed, {} are free", directory,
                        needed_bytes, *free_bytes));
}

}  // namespace synthgen
