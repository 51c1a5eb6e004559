#include "synthgen/io/whole_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/checksum.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace synthgen {

Result<FileDigest> digest_of_file(const std::string& path) {
  constexpr std::size_t block_bytes = std::size_t{1} << 18;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string block(block_bytes, '\0');
  FileDigest digest;
  Checksum checksum;
  ssize_t count = descriptor < 0 ? -1 : 0;
  while (descriptor >= 0) {
    count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    checksum.add({block.data(), static_cast<std::size_t>(count)});
    digest.bytes += static_cast<std::uint64_t>(count);
  }
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (count < 0) {
    return fail(ErrorKind::io, formatted("{}: cannot read: {}", path, std::strerror(reason)));
  }
  digest.checksum = checksum.hex();
  return digest;
}

}  // namespace synthgen
