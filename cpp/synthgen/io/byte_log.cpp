#include "synthgen/io/byte_log.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace synthgen {
namespace {

#if defined(__EMSCRIPTEN__)
constexpr bool have_disk = false;
#else
constexpr bool have_disk = true;
#endif

constexpr std::size_t most_kept = std::size_t{1} << 20;

tl::unexpected<Error> spill_failure(const char* what) {
  return fail(ErrorKind::io,
              formatted("cannot {} a temporary file: {}", what, std::strerror(errno)));
}

}  // namespace

ByteLog::~ByteLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> ByteLog::append(std::string_view bytes) {
  kept_ += bytes;
  if (!have_disk || kept_.size() < most_kept) return {};
  return spill();
}

Result<void> ByteLog::spill() {
  if (descriptor_ < 0) {
    std::error_code error;
    std::filesystem::path directory = directory_;
    if (directory_.empty()) directory = std::filesystem::temp_directory_path(error);
    std::string name = (directory / "synthgen-XXXXXX").string();
    descriptor_ = ::mkstemp(name.data());
    if (descriptor_ < 0) return spill_failure("make");
    ::unlink(name.c_str());
  }
  errno = write_all(descriptor_, kept_);
  if (errno != 0) return spill_failure("write");
  spilled_ += kept_.size();
  kept_.clear();
  return {};
}

Result<void> ByteLog::read(std::uint64_t first, std::span<char> bytes) const {
  const std::uint64_t before = first < spilled_ ? spilled_ - first : 0;
  const auto on_disk = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), before));
  for (std::size_t done = 0; done < on_disk;) {
    const ssize_t count =
        ::pread(descriptor_, bytes.data() + done, on_disk - done, static_cast<off_t>(first + done));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;
    if (count <= 0) return spill_failure("read");
    done += static_cast<std::size_t>(count);
  }
  if (on_disk < bytes.size()) {
    kept_.copy(bytes.data() + on_disk, bytes.size() - on_disk,
               static_cast<std::size_t>(first + on_disk - spilled_));
  }
  return {};
}

}  // namespace synthgen
