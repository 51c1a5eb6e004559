#include "synthgen/io/output/output_target.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

using TargetKind = OutputTarget::Kind;

constexpr std::array<std::string_view, 4> standard_output_names{"-", "/dev/stdout", "/dev/fd/1",
                                                                "/proc/self/fd/1"};

TargetKind kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return TargetKind::directory;
  if (S_ISFIFO(mode)) return TargetKind::pipe;
  if (S_ISCHR(mode)) return TargetKind::device;
  if (S_ISBLK(mode)) return TargetKind::block_device;
  if (S_ISSOCK(mode)) return TargetKind::socket;
  return TargetKind::file;
}

/// Follows links to a name that is none; that may lead to nothing.
fs::path followed(fs::path path) {
  std::error_code error;
  while (fs::is_symlink(fs::symlink_status(path, error))) {
    const fs::path to = fs::read_symlink(path, error);
    if (error) break;
    path = path.parent_path() / to;  // an absolute `to` takes its place
  }
  return path;
}

}  // namespace

bool OutputTarget::is_stream() const noexcept {
  return kind == TargetKind::pipe || kind == TargetKind::device ||
         kind == TargetKind::standard_output;
}

std::string OutputTarget::name() const {
  return kind == TargetKind::standard_output ? "standard output" : path;
}

std::string_view OutputTarget::noun() const noexcept {
  switch (kind) {
    case TargetKind::absent:
      return "nothing";
    case TargetKind::file:
      return "a file";
    case TargetKind::directory:
      return "a directory";
    case TargetKind::pipe:
      return "a named pipe";
    case TargetKind::device:
      return "a device";
    case TargetKind::block_device:
      return "a block device";
    case TargetKind::socket:
      return "a socket";
    case TargetKind::standard_output:
      return "a stream";
  }
  return {};
}

Result<OutputTarget> output_target(const std::string& path) {
  const auto& names = standard_output_names;
  if (std::find(names.begin(), names.end(), path) != names.end()) {
    return OutputTarget{path, path, TargetKind::standard_output};
  }
  OutputTarget target{path, path, TargetKind::absent};
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    target.kind = kind_of(status.st_mode);
  } else if (errno != ENOENT) {
    return fail(ErrorKind::io, formatted("{}: cannot write: {}", path, std::strerror(errno)));
  }
  target.file = followed(path).string();
  return target;
}

Result<void> check_is_file(const OutputTarget& target, std::string_view alternative) {
  if (target.kind == TargetKind::absent || target.kind == TargetKind::file) return {};
  return fail(ErrorKind::usage, formatted("{}: is {}, which no file can replace; give {}",
                                          target.name(), target.noun(), alternative));
}

Result<void> check_replaceable(const OutputTarget& target, bool overwrite,
                               std::string_view alternative) {
  if (Result<void> checked = check_is_file(target, alternative); !checked) return checked;
  if (overwrite || !target.exists()) return {};
  return fail(ErrorKind::usage, formatted("{}: exists already; give --force to replace it, or {}",
                                          target.path, alternative));
}

bool is_own_file(int descriptor) noexcept {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink <= 1;
}

}  // namespace synthgen
