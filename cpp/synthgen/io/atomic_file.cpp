#include "synthgen/io/atomic_file.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthgen {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view own_mark = ".partial-";  // then the number of the process

/// Removes the temporary files of processes that were killed: those that nobody has locked.
void remove_left_over(const fs::path& path) {
  const std::string start = path.filename().string() + std::string(own_mark);
  const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(start) || name.size() == start.size() ||
        name.find_first_not_of("0123456789", start.size()) != name.npos) {
      continue;
    }
    const int descriptor = ::open(entry.path().c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) continue;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
    ::close(descriptor);
  }
}

}  // namespace

Error AtomicFile::failure(std::string_view what) const {
  return {ErrorKind::io, formatted("{}: {}: {}", path_, what, std::strerror(errno)), {}};
}

Result<AtomicFile> AtomicFile::open(const std::string& path, std::string temporary, int flags,
                                    bool keeps) {
  const int descriptor = ::open(temporary.c_str(), flags | O_CREAT | O_CLOEXEC, 0666);
  AtomicFile file(path, std::move(temporary), descriptor, keeps);
  if (descriptor < 0) {
    Error error = file.failure("cannot write");
    file.temporary_.clear();
    return tl::unexpected(std::move(error));
  }
  return file;
}

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  remove_left_over(path);
  Result<AtomicFile> file =
      open(path, formatted("{}{}{}", path, own_mark, ::getpid()), O_WRONLY | O_TRUNC, false);
  if (file) ::flock(file->descriptor_, LOCK_EX | LOCK_NB);  // the system drops it with the process
  return file;
}

Result<AtomicFile> AtomicFile::reopen(const std::string& path) {
  return open(path, path + ".partial", O_RDWR, true);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      keeps_(other.keeps_) {}

AtomicFile::~AtomicFile() {
  if (!keeps_) discard();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void AtomicFile::discard() noexcept {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

Result<bool> AtomicFile::read(std::span<char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::read(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(failure("cannot read"));
    if (count == 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

std::uint64_t AtomicFile::bytes_left() const noexcept {
  struct stat status {};
  const off_t place = ::lseek(descriptor_, 0, SEEK_CUR);
  if (::fstat(descriptor_, &status) != 0 || place < 0 || status.st_size < place) return 0;
  return static_cast<std::uint64_t>(status.st_size - place);
}

Result<void> AtomicFile::cut(std::uint64_t size_bytes) {
  const auto size = static_cast<off_t>(size_bytes);
  if (::ftruncate(descriptor_, size) != 0 || ::lseek(descriptor_, size, SEEK_SET) != size) {
    return tl::unexpected(failure("cannot cut"));
  }
  return {};
}

Result<void> AtomicFile::write(std::string_view bytes) {
  constexpr std::size_t chunk = std::size_t{1} << 20;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), std::min(bytes.size(), chunk));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(failure("cannot write"));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> AtomicFile::sync() {
  if (::fsync(descriptor_) != 0) return tl::unexpected(failure("cannot sync"));
  return {};
}

Result<void> AtomicFile::commit() {
  if (Result<void> synced = sync(); !synced) return synced;
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) return tl::unexpected(failure("cannot close"));
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return tl::unexpected(failure("cannot rename the finished file"));
  }
  temporary_.clear();
  const auto directory = std::filesystem::path(path_).parent_path();
  const int handle = ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle >= 0) {
    ::fsync(handle);
    ::close(handle);
  }
  return {};
}

}  // namespace synthgen
