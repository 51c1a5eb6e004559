#include "synthgen/io/descriptor_io.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthgen {
namespace {

/// `write_some(part)` writes a first part of `part` and returns its size as `::write` does.
template <class WriteSome>
int written_in_parts(std::string_view bytes, const WriteSome& write_some) noexcept {
  constexpr std::size_t most_at_once = std::size_t{1} << 20;
  while (!bytes.empty()) {
    const ssize_t written = write_some(bytes.substr(0, most_at_once));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return written < 0 ? errno : EIO;
    bytes.remove_prefix(std::min(static_cast<std::size_t>(written), bytes.size()));
  }
  return 0;
}

}  // namespace

int write_all(int descriptor, std::string_view bytes) noexcept {
  return written_in_parts(
      bytes, [&](std::string_view part) { return ::write(descriptor, part.data(), part.size()); });
}

int write_all_at(int descriptor, std::string_view bytes, std::uint64_t offset) noexcept {
  const char* const start = bytes.data();
  return written_in_parts(bytes, [&](std::string_view part) {
    const auto place = static_cast<off_t>(offset) + (part.data() - start);
    return ::pwrite(descriptor, part.data(), part.size(), place);
  });
}

int truncate_descriptor(int descriptor, std::uint64_t size) noexcept {
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && static_cast<std::uint64_t>(status.st_size) == size) {
    return 0;
  }
  while (::ftruncate(descriptor, static_cast<off_t>(size)) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

bool is_lacking(int refused) noexcept {
  return refused == ENOSYS || refused == ENOTSUP;
}

int sync_descriptor(int descriptor) noexcept {
  while (::fsync(descriptor) != 0) {
    // Without fsync, a file system keeps what was written as safely as it can.
    if (is_lacking(errno) || errno == EINVAL) return 0;
    if (errno != EINTR) return errno;
  }
  return 0;
}

void allow_open_files(std::uint64_t count) noexcept {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, count);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace synthgen
