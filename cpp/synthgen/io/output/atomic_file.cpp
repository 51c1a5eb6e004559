#include "synthgen/io/output/atomic_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"
#include "synthgen/io/directory.hpp"

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

constexpr std::string_view own_mark =
    ".partial-";  // then a number: the process's, or the next free
constexpr std::string_view no_alternative = "another path";

/// Locks a file that the name still leads to. Files without locks count as locked.
bool lock_named(const std::string& path, int descriptor) noexcept {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  return leads_to(path, descriptor);
}

/// Removes the temporary files of processes that were killed: those that nobody has locked. What
/// cannot be removed is another's and stays.
void remove_left_over(const fs::path& path) {
  const std::string start = path.filename().string() + std::string(own_mark);
  std::error_code ignored;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(directory_of(path.string()), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(start) || name.size() == start.size() ||
        name.find_first_not_of("0123456789", start.size()) != name.npos) {
      continue;
    }
    const int descriptor =
        ::open(entry.path().c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) continue;
    if (is_own_file(descriptor) && lock_named(entry.path().string(), descriptor)) {
      ::unlink(entry.path().c_str());
    }
    ::close(descriptor);
  }
}

Result<OutputTarget> file_target(const std::string& path) {
  Result<OutputTarget> target = output_target(path);
  if (!target || target->kind == OutputTarget::Kind::directory) return target;
  if (Result<void> checked = check_is_file(*target, no_alternative); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return target;
}

std::string partial_beside(const OutputTarget& target) {
  return target.file + ".partial";
}

}  // namespace

Error AtomicFile::failure(std::string_view what) const {
  return {ErrorKind::io, formatted("{}: {}: {}", path_, what, std::strerror(errno)), {}};
}

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  Result<OutputTarget> target = file_target(path);
  if (!target) return tl::unexpected(std::move(target.error()));
  remove_left_over(target->file);
  for (auto number = static_cast<std::uint64_t>(::getpid());; ++number) {
    const std::string temporary = formatted("{}{}{}", target->file, own_mark, number);
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) continue;
    // Until it has the lock, others may take it for a file that a killed process left.
    if (descriptor >= 0 && !lock_named(temporary, descriptor)) {
      ::close(descriptor);
      continue;
    }
    AtomicFile file(*target, descriptor < 0 ? "" : temporary, descriptor, false);
    if (descriptor < 0) return tl::unexpected(file.failure("cannot write"));
    file.take_over_owner();
    return file;
  }
}

Result<AtomicFile> AtomicFile::reopen(const std::string& path) {
  Result<OutputTarget> target = file_target(path);
  if (!target) return tl::unexpected(std::move(target.error()));
  const std::string temporary = partial_beside(*target);
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const int descriptor = ::open(temporary.c_str(), flags, 0666);
  const int reason = descriptor < 0 ? errno : 0;
  AtomicFile file(*target, temporary, descriptor, true);
  if (reason == ELOOP || (descriptor >= 0 && !is_own_file(descriptor))) {
    return fail(ErrorKind::usage,
                formatted("{}: is a link or no regular file, and so not what a stopped run left; "
                          "remove it",
                          temporary));
  }
  errno = reason;
  if (reason != 0) return tl::unexpected(file.failure("cannot write"));
  file.take_over_owner();
  return file;
}

std::string AtomicFile::partial_of(const std::string& path) {
  const Result<OutputTarget> target = output_target(path);
  return target ? partial_beside(*target) : path + ".partial";
}

/// The owner and rights of the file that will be replaced, from now on, so that nobody reads the
/// new one who could not read the old one.
void AtomicFile::take_over_owner() {
  struct stat old {};
  struct stat own {};
  if (::stat(target_.c_str(), &old) != 0 || !S_ISREG(old.st_mode)) return;
  if (::fstat(descriptor_, &own) != 0) return;
  mode_ = old.st_mode & 07777;
  const bool has_group =
      old.st_gid == own.st_gid || ::fchown(descriptor_, static_cast<uid_t>(-1), old.st_gid) == 0;
  // Another group gets no more than everybody.
  if (!has_group) mode_ = (*mode_ & ~07070U) | ((*mode_ & 7U) << 3U);
  ::fchmod(descriptor_, (*mode_ & 0777U) | S_IRUSR | S_IWUSR);  // a resumed run opens it again
  if (old.st_uid != own.st_uid && ::fchown(descriptor_, old.st_uid, static_cast<gid_t>(-1)) != 0) {
    *mode_ &= 0777U;
  }
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      is_synced_(other.is_synced_),
      keeps_(other.keeps_),
      mode_(other.mode_) {}

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
  is_synced_ = false;
  const auto size = static_cast<off_t>(size_bytes);
  if (const int refused = truncate_descriptor(descriptor_, size_bytes); refused != 0) {
    errno = refused;
    return tl::unexpected(failure(is_lacking(refused)
                                      ? "cannot cut the file, which resuming needs and this file "
                                        "system lacks; "
                                        "start again with --force, or write to a local directory"
                                      : "cannot cut"));
  }
  if (::lseek(descriptor_, size, SEEK_SET) != size) return tl::unexpected(failure("cannot cut"));
  return {};
}

Result<void> AtomicFile::write(std::string_view bytes) {
  is_synced_ = false;
  errno = write_all(descriptor_, bytes);
  if (errno != 0) return tl::unexpected(failure("cannot write"));
  return {};
}

Result<void> AtomicFile::sync() {
  if (is_synced_) return {};
  errno = sync_descriptor(descriptor_);
  if (errno != 0) return tl::unexpected(failure("cannot sync"));
  is_synced_ = true;
  return {};
}

void AtomicFile::rest() noexcept {
  if (!keeps_ || !is_synced_) return;
  if (mode_) ::fchmod(descriptor_, *mode_);
  ::close(std::exchange(descriptor_, -1));
}

Result<void> AtomicFile::commit() {
  if (mode_ && descriptor_ >= 0) ::fchmod(descriptor_, *mode_);
  if (Result<void> synced = sync(); !synced) return synced;
  // The lock is held meanwhile: without it, others would remove the file as one left behind.
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) {
    // Both names are in one directory of one file system.
    const bool lacks_rename = is_lacking(errno) || errno == EXDEV || errno == EINVAL;
    return tl::unexpected(failure(lacks_rename ? "cannot rename the finished file, which this file "
                                                 "system lacks; write to "
                                                 "a local directory and copy the dataset from there"
                                               : "cannot rename the finished file"));
  }
  temporary_.clear();
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));  // the sync has reported all
  return sync_directory(directory_of(target_));
}

}  // namespace synthgen
