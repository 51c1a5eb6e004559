#include "synthgen/dataset/formats/length_log.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace synthgen {
namespace {

#if defined(__EMSCRIPTEN__)
constexpr bool have_disk = false;
#else
constexpr bool have_disk = true;
#endif

constexpr std::size_t most_kept = std::size_t{1} << 18;

tl::unexpected<Error> spill_failure(const char* what) {
  return fail(ErrorKind::io,
              formatted("cannot {} a temporary file: {}", what, std::strerror(errno)));
}

}  // namespace

LengthLog::~LengthLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> LengthLog::append(std::span<const std::uint32_t> lengths) {
  kept_.insert(kept_.end(), lengths.begin(), lengths.end());
  if (!have_disk || kept_.size() < most_kept) return {};
  return spill();
}

Result<void> LengthLog::spill() {
  if (descriptor_ < 0) {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "synthgen-XXXXXX").string();
    descriptor_ = ::mkstemp(name.data());
    if (descriptor_ < 0) return spill_failure("make");
    ::unlink(name.c_str());
  }
  const char* at = reinterpret_cast<const char*>(kept_.data());
  for (std::size_t left = kept_.size() * sizeof kept_[0]; left > 0;) {
    const ssize_t written = ::write(descriptor_, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return spill_failure("write");
    at += written;
    left -= static_cast<std::size_t>(written);
  }
  spilled_ += kept_.size();
  kept_.clear();
  return {};
}

Result<void> LengthLog::read(std::uint64_t first, std::size_t most,
                             std::vector<std::uint32_t>& lengths) const {
  lengths.resize(static_cast<std::size_t>(std::min<std::uint64_t>(most, size() - first)));
  std::size_t done = 0;
  if (first < spilled_) {
    done = static_cast<std::size_t>(std::min<std::uint64_t>(lengths.size(), spilled_ - first));
    char* at = reinterpret_cast<char*>(lengths.data());
    auto offset = static_cast<off_t>(first * sizeof lengths[0]);
    for (std::size_t left = done * sizeof lengths[0]; left > 0;) {
      const ssize_t count = ::pread(descriptor_, at, left, offset);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return spill_failure("read");
      at += count;
      offset += count;
      left -= static_cast<std::size_t>(count);
    }
  }
  std::copy_n(kept_.begin() + static_cast<std::ptrdiff_t>(first + done - spilled_),
              lengths.size() - done, lengths.begin() + static_cast<std::ptrdiff_t>(done));
  return {};
}

}  // namespace synthgen
