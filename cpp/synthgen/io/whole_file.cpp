#include "synthgen/io/whole_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/byte_stream.hpp"
#include "synthgen/io/checksum.hpp"
#include "synthgen/io/input.hpp"

#include <cerrno>
#include <cstring>

namespace synthgen {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;

/// Passes the file to `use` block by block, until `use` returns false.
template <class Use>
Result<void> each_block(const std::string& path, const Use& use) {
  const std::string name = input_name(path);
  const int descriptor = open_input(path);
  if (descriptor < 0) {
    return fail(ErrorKind::io, formatted("{}: cannot read: {}", name, std::strerror(errno)));
  }
  InputStream input(descriptor, name);
  for (std::string block(block_bytes, '\0');;) {
    const Result<std::size_t> count = input.read(block);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0 || !use(std::string_view(block).substr(0, *count))) return {};
  }
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t most = std::size_t{1} << 30;
  std::string bytes;
  const Result<void> read = each_block(path, [&](std::string_view block) {
    bytes += block;
    return bytes.size() <= most;
  });
  if (!read) return tl::unexpected(read.error());
  if (bytes.size() > most) {
    return fail(ErrorKind::io, formatted("{}: cannot read more than 1 GiB", input_name(path)));
  }
  return bytes;
}

Result<FileDigest> digest_of_file(const std::string& path) {
  FileDigest digest;
  Checksum checksum;
  const Result<void> read = each_block(path, [&](std::string_view block) {
    checksum.add(block);
    digest.bytes += block.size();
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  digest.checksum = checksum.hex();
  return digest;
}

Result<FileDigest> digest_of(const ByteFile& file) {
  FileDigest digest;
  digest.bytes = file.size();
  Checksum checksum;
  for (std::uint64_t place = 0; place < file.size(); place += block_bytes) {
    const Result<std::string> block = file.read_start(place, block_bytes);
    if (!block) return tl::unexpected(block.error());
    checksum.add(*block);
  }
  digest.checksum = checksum.hex();
  return digest;
}

}  // namespace synthgen
