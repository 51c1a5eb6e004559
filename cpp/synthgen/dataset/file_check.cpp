#include "synthgen/dataset/file_check.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/checksum.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <sys/stat.h>

namespace synthgen {
namespace {

tl::unexpected<Error> unreadable(const std::string& path) {
  return fail(ErrorKind::io, formatted("{}: cannot read: {}", path, std::strerror(errno)));
}

/// Hands the file over block by block.
Result<void> read_blocks(const std::string& path,
                         const std::function<void(std::string_view)>& take) {
  constexpr std::size_t block_bytes = 1 << 18;
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) return unreadable(path);
  std::string block(block_bytes, '\0');
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get())) {
    take(std::string_view(block).substr(0, count));
  }
  if (std::ferror(file.get()) != 0) return unreadable(path);
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::string bytes;
  const Result<void> read = read_blocks(path, [&](std::string_view block) { bytes += block; });
  if (!read) return tl::unexpected(read.error());
  return bytes;
}

Result<std::vector<FileFault>> check_file(const std::string& directory, const SideRecord& record) {
  const std::string path = directory + '/' + record.file;
  std::vector<FileFault> faults;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return unreadable(path);
    faults.push_back({record.file, "is missing", true});
    return faults;
  }
  if (const auto size = static_cast<std::uint64_t>(status.st_size); size != record.bytes) {
    faults.push_back({record.file, formatted("has {}; the manifest says {}", counted(size, "byte"),
                                             record.bytes)});
    return faults;
  }
  Checksum checksum;
  const Result<void> read = read_blocks(path, [&](std::string_view block) { checksum.add(block); });
  if (!read) return tl::unexpected(read.error());
  if (const std::string found = checksum.hex(); found != record.checksum) {
    faults.push_back({record.file, formatted("has the checksum {}; the manifest says {}", found,
                                             record.checksum)});
  }
  return faults;
}

Result<std::vector<FileFault>> check_files(const std::string& directory, const FileRecord& record) {
  Result<std::vector<FileFault>> faults =
      check_file(directory, {record.file, record.bytes, record.checksum});
  if (!faults) return faults;
  for (const SideRecord& side : record.side_files) {
    Result<std::vector<FileFault>> more = check_file(directory, side);
    if (!more) return more;
    faults->insert(faults->end(), more->begin(), more->end());
  }
  return faults;
}

}  // namespace synthgen
