#include "synthgen/io/input.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/stop_request.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthgen {
namespace {

tl::unexpected<Error> refused(std::string_view name) {
  return fail(ErrorKind::io, formatted("{}: cannot read: {}", name, std::strerror(errno)));
}

/// Waits until a pipe, a terminal or a device has bytes or has ended. A signal that comes just
/// before the wait does not interrupt it, so it looks again from time to time.
Result<void> wait_for_input(int descriptor, std::string_view name) {
  constexpr int look_again_ms = 100;
  for (;;) {
    if (stop_requested()) {
      return fail(ErrorKind::cancelled, formatted("{}: stopped while waiting for input", name));
    }
    pollfd input{descriptor, POLLIN, 0};
    const int ready = ::poll(&input, 1, look_again_ms);
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return refused(name);
  }
}

}  // namespace

std::string input_name(const std::string& path) {
  return path == standard_input ? "standard input" : path;
}

int open_input(const std::string& path) noexcept {
  // Opening /dev/stdin would fail for a socket, and begin a file again from its start.
  if (path == standard_input || path == "/dev/stdin") {
    return ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  }
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

Result<std::size_t> read_input(int descriptor, std::span<char> bytes, std::string_view name) {
  struct stat status {};
  const bool may_wait =
      ::fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
  for (;;) {
    if (may_wait) {
      if (Result<void> waited = wait_for_input(descriptor, name); !waited) {
        return tl::unexpected(std::move(waited.error()));
      }
    }
    const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) return refused(name);
  }
}

}  // namespace synthgen
