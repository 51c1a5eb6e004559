#include "synthgen/config/formatted.hpp"
#include "synthgen/io/output/output_file.hpp"

#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace synthgen {
namespace {

constexpr int wait_ms = 100;  // between two questions whether to stop

class OutputStream final : public OutputFile {
 public:
  OutputStream(OutputTarget target, std::function<bool()> stopped)
      : target_(std::move(target)), stopped_(std::move(stopped)) {}
  ~OutputStream() override { close(); }
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;

  Result<void> open() {
    if (target_.kind == OutputTarget::Kind::standard_output) {
      // Others share this description, so it stays one that blocks: a pipe that is ready has room
      // for this much.
      struct stat status {};
      descriptor_ = STDOUT_FILENO;
      if (::fstat(descriptor_, &status) != 0) return refused(errno);
      if (!S_ISREG(status.st_mode)) most_at_once_ = PIPE_BUF;
      return {};
    }
    constexpr int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    while ((descriptor_ = ::open(target_.path.c_str(), flags)) < 0) {
      if (errno != ENXIO && errno != EINTR) return refused(errno);
      if (errno == ENXIO && target_.kind != OutputTarget::Kind::pipe) return refused(errno);
      if (stopped_ && stopped_()) return fail(ErrorKind::cancelled, "stopped");
      ::poll(nullptr, 0, wait_ms);  // a pipe that nobody reads yet
    }
    return {};
  }

  Result<void> write(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (Result<void> ready = wait(); !ready) return ready;
      const std::string_view part = bytes.substr(0, most_at_once_);
      const ssize_t written = ::write(descriptor_, part.data(), part.size());
      if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (written <= 0) return refused(written < 0 ? errno : EIO);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  Result<void> commit() override {
    const int error = close();
    return error == 0 ? Result<void>() : refused(error);
  }

 private:
  /// Waits until the stream takes bytes, or has an error that the write will report.
  Result<void> wait() const {
    for (;;) {
      pollfd ready{descriptor_, POLLOUT, 0};
      if (::poll(&ready, 1, wait_ms) > 0) return {};
      if (stopped_ && stopped_()) return fail(ErrorKind::cancelled, "stopped");
    }
  }

  int close() noexcept {
    const int descriptor = std::exchange(descriptor_, -1);
    if (descriptor < 0 || descriptor == STDOUT_FILENO) return 0;
    return ::close(descriptor) == 0 ? 0 : errno;
  }

  tl::unexpected<Error> refused(int error) const {
    if (target_.kind == OutputTarget::Kind::standard_output) {
      return fail(ErrorKind::io,
                  formatted("cannot write to standard output: {}", std::strerror(error)));
    }
    return fail(ErrorKind::io,
                formatted("{}: cannot write: {}", target_.path, std::strerror(error)));
  }

  OutputTarget target_;
  std::function<bool()> stopped_;
  int descriptor_ = -1;
  std::size_t most_at_once_ = std::size_t{1} << 20;
};

}  // namespace

Result<std::unique_ptr<OutputFile>> open_stream(const OutputTarget& target,
                                                std::function<bool()> stopped) {
  auto stream = std::make_unique<OutputStream>(target, std::move(stopped));
  if (Result<void> opened = stream->open(); !opened) return tl::unexpected(opened.error());
  return stream;
}

}  // namespace synthgen
