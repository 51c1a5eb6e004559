#include "synthgen/analyze/counting/spill_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"
#include "synthgen/io/temporary_file.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace synthgen {
namespace {

constexpr std::size_t spill_buffer_bytes = 1 << 18;

}  // namespace

tl::unexpected<Error> SpillFile::failed(const char* what) const {
  return fail(ErrorKind::io, formatted("cannot {} a temporary file in {}: {}", what, directory_,
                                       std::strerror(errno)));
}

// Where nothing can be spilled no file is created, and a module has no code for one.

Result<std::shared_ptr<SpillFile>> SpillFile::create() {
  if constexpr (!can_spill) return fail(ErrorKind::io, "there is no file system");
  const int file = open_temporary_file();
  std::shared_ptr<SpillFile> made(new SpillFile(file, temporary_directory()));
  if (file < 0) return made->failed("make");
  return made;
}

SpillFile::~SpillFile() {
  if (file_ >= 0) ::close(file_);
}

Result<void> SpillFile::append(const void* data, std::size_t size) {
  if constexpr (!can_spill) return {};
  const char* const bytes = static_cast<const char*>(data);
  buffer_.insert(buffer_.end(), bytes, bytes + size);
  if (buffer_.size() < spill_buffer_bytes) return {};
  return flush();
}

Result<void> SpillFile::flush() {
  if constexpr (!can_spill) return {};
  errno = write_all(file_, {buffer_.data(), buffer_.size()});
  if (errno != 0) return failed("write");
  written_ += buffer_.size();
  buffer_.clear();
  return {};
}

Result<void> SpillFile::read(std::uint64_t offset, void* data, std::size_t size) const {
  if constexpr (!can_spill) return {};
  char* bytes = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t count = ::pread(file_, bytes, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;
    if (count <= 0) return failed("read");
    bytes += count;
    offset += static_cast<std::uint64_t>(count);
    size -= static_cast<std::size_t>(count);
  }
  return {};
}

}  // namespace synthgen
