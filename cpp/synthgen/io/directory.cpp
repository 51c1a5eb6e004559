#include "synthgen/io/directory.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace synthgen {

std::string directory_of(const std::string& path) {
  std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return fail(ErrorKind::io, formatted("{}: cannot remove: {}", path, std::strerror(errno)));
}

Result<void> sync_directory(const std::string& directory) {
  const int handle = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int refused = handle < 0 ? errno : sync_descriptor(handle);
  if (handle >= 0) ::close(handle);
  for (const int allowed : {0, EACCES, EINVAL, ENOTSUP, ENOSYS}) {
    if (refused == allowed) return {};
  }
  return fail(ErrorKind::io,
              formatted("{}: cannot sync the directory: {}", directory, std::strerror(refused)));
}

bool leads_to(const std::string& path, int descriptor) noexcept {
  struct stat named {};
  struct stat opened {};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &opened) == 0 &&
         named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

}  // namespace synthgen
