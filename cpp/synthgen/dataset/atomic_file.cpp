#include "synthgen/dataset/atomic_file.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace synthgen {

Error AtomicFile::failure(std::string_view what) const {
  return {ErrorKind::io, formatted("{}: {}: {}", path_, what, std::strerror(errno)), {}};
}

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  std::string temporary = formatted("{}.partial-{}", path, ::getpid());
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  AtomicFile file(path, std::move(temporary), descriptor);
  if (descriptor < 0) {
    Error error = file.failure("cannot write");
    file.temporary_.clear();
    return tl::unexpected(std::move(error));
  }
  return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
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
