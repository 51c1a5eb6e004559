#include "synthgen/io/output/directory_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace synthgen {

Result<DirectoryLock> DirectoryLock::take(const std::string& directory,
                                          const std::function<bool()>& stopped) {
  constexpr int wait_ms = 20;
  DirectoryLock lock(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (lock.descriptor_ >= 0 && ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) break;
    if (stopped()) return fail(ErrorKind::cancelled, "stopped; no file was written");
    ::poll(nullptr, 0, wait_ms);
  }
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace synthgen
