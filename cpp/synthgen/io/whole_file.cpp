#include "synthgen/io/whole_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/checksum.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace synthgen {
namespace {

/// Passes the file to `use` block by block.
template <class Use>
Result<void> each_block(const std::string& path, const Use& use) {
  constexpr std::size_t block_bytes = std::size_t{1} << 18;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string block(block_bytes, '\0');
  ssize_t count = descriptor < 0 ? -1 : 0;
  while (descriptor >= 0) {
    count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    use(std::string_view(block.data(), static_cast<std::size_t>(count)));
  }
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (count >= 0) return {};
  return fail(ErrorKind::io, formatted("{}: cannot read: {}", path, std::strerror(reason)));
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::string bytes;
  const Result<void> read = each_block(path, [&](std::string_view block) { bytes += block; });
  if (!read) return tl::unexpected(read.error());
  return bytes;
}

Result<FileDigest> digest_of_file(const std::string& path) {
  FileDigest digest;
  Checksum checksum;
  const Result<void> read = each_block(path, [&](std::string_view block) {
    checksum.add(block);
    digest.bytes += block.size();
  });
  if (!read) return tl::unexpected(read.error());
  digest.checksum = checksum.hex();
  return digest;
}

}  // namespace synthgen
