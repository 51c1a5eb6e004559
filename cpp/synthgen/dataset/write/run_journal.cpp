#include "synthgen/dataset/write/run_journal.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/journal_end.hpp"
#include "synthgen/io/descriptor_io.hpp"
#include "synthgen/io/directory.hpp"
#include "synthgen/io/output/output_target.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <span>
#include <unistd.h>

namespace synthgen {
namespace {

constexpr std::size_t owner_bytes = 128;
constexpr std::string_view chunk_word = "chunk ";
constexpr std::string_view removal_word = "remove ";

/// Reads from a place of a file as `::pread` does, uninterrupted.
ssize_t read_at(int descriptor, std::span<char> bytes, std::uint64_t place) {
  for (;;) {
    const ssize_t count =
        ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (count >= 0 || errno != EINTR) return count;
  }
}

/// "process 17 on host", as the first line of the journal has it.
std::string this_process() {
  std::array<char, 65> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return formatted("process {} on {}", ::getpid(), host.data());
}

/// The first line without its padding.
std::string owner_of(int descriptor) {
  std::array<char, owner_bytes> line{};
  const ssize_t count = read_at(descriptor, line, 0);
  const std::string_view read(line.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  const std::size_t end = read.find_last_not_of(std::string_view(" \n\0", 3));
  return end == read.npos ? "another process" : std::string(read.substr(0, end + 1));
}

enum class Lock { taken, refused, unsupported };

Lock take_lock(int descriptor) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(descriptor, F_OFD_SETLK, &lock) == 0) return Lock::taken;
  return errno == EAGAIN || errno == EACCES ? Lock::refused : Lock::unsupported;
}

template <class Number>
bool take_field(std::string_view& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(' ')) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<RunJournal::Chunk> chunk_of(std::string_view line) {
  constexpr std::size_t digits = 32;
  RunJournal::Chunk chunk;
  if (!line.starts_with(chunk_word)) return std::nullopt;
  line.remove_prefix(chunk_word.size());
  if (!take_field(line, chunk.file) || !take_field(line, chunk.tokens) ||
      !take_field(line, chunk.bytes) || line.size() != digits) {
    return std::nullopt;
  }
  chunk.checksum = line;
  return chunk;
}

}  // namespace

Error RunJournal::failure(std::string_view what) const {
  return {ErrorKind::io, formatted("{}: {}: {}", path_, what, std::strerror(errno)), {}};
}

RunJournal::RunJournal(RunJournal&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      run_(std::move(other.run_)),
      was_left_(other.was_left_),
      was_complete_(other.was_complete_),
      removals_(std::move(other.removals_)),
      place_(other.place_),
      ahead_(std::move(other.ahead_)) {}

RunJournal::~RunJournal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<RunJournal> RunJournal::open(const std::string& path, std::string_view what) {
  constexpr int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  for (;;) {
    int descriptor = ::open(path.c_str(), flags | O_CREAT | O_EXCL, 0666);
    const bool was_left = descriptor < 0 && errno == EEXIST;
    if (was_left) descriptor = ::open(path.c_str(), flags);
    if (was_left && descriptor < 0 && errno == ENOENT) continue;  // just removed
    const int reason = descriptor < 0 ? errno : 0;
    RunJournal journal(path, descriptor);
    journal.was_left_ = was_left;
    if (reason == ELOOP || reason == ENXIO || (reason == 0 && !is_own_file(descriptor))) {
      if (reason == 0 && !leads_to(path, descriptor)) continue;
      return fail(ErrorKind::usage,
                  formatted("{}: is a link or no regular file, and so not the journal of a run; "
                            "remove it",
                            path));
    }
    errno = reason;
    if (reason != 0) return tl::unexpected(journal.failure("cannot write"));
    if (take_lock(descriptor) == Lock::refused) {
      return fail(ErrorKind::usage,
                  formatted("{}: {} is writing {}", path, owner_of(descriptor), what));
    }
    if (!leads_to(path, descriptor)) continue;
    if (Result<void> signed_in = journal.sign(); !signed_in) {
      return tl::unexpected(signed_in.error());
    }
    const Result<std::optional<std::string_view>> run = journal.line();
    if (!run) return tl::unexpected(run.error());
    if (*run) {
      journal.run_ = **run;
      journal.step();
      journal.was_complete_ = file_ends_with(descriptor, journal_complete_line);
    }
    if (journal.was_complete_) {
      if (Result<void> noted = journal.read_removals(); !noted) {
        return tl::unexpected(noted.error());
      }
    }
    return journal;
  }
}

Result<void> RunJournal::write(std::string_view text, std::uint64_t place) {
  errno = write_all_at(descriptor_, text, place);
  if (errno == 0) return {};
  // The place is one of a regular file that is open for writing.
  const bool lacks_places = is_lacking(errno) || errno == ESPIPE || errno == EINVAL;
  return tl::unexpected(failure(lacks_places
                                    ? "cannot write at any place of a file, which this file system "
                                      "lacks; write to a local directory and copy the dataset from "
                                      "there"
                                    : "cannot write"));
}

Result<void> RunJournal::sign() {
  std::string line = this_process();
  line.resize(owner_bytes - 1, ' ');
  line += '\n';
  if (Result<void> done = write(line, 0); !done) return done;
  place_ = owner_bytes;
  return {};
}

Result<std::optional<std::string_view>> RunJournal::line() {
  std::array<char, 1 << 14> block;
  for (;;) {
    if (const std::size_t end = ahead_.find('\n'); end != ahead_.npos) {
      return std::string_view(ahead_).substr(0, end);
    }
    const ssize_t count = read_at(descriptor_, block, place_ + ahead_.size());
    if (count < 0) return tl::unexpected(failure("cannot read"));
    if (count == 0) return std::nullopt;
    ahead_.append(block.data(), static_cast<std::size_t>(count));
  }
}

/// Reads on to the end, and comes back. Names are of the journal's directory.
Result<void> RunJournal::read_removals() {
  const std::uint64_t place = place_;
  for (;;) {
    const Result<std::optional<std::string_view>> next = line();
    if (!next) return tl::unexpected(next.error());
    if (!*next) break;
    if ((*next)->starts_with(removal_word) && (*next)->find('/') == (*next)->npos) {
      removals_.emplace_back((*next)->substr(removal_word.size()));
    }
    step();
  }
  place_ = place;
  ahead_ = {};
  return {};
}

Result<std::optional<RunJournal::Chunk>> RunJournal::peek() {
  const Result<std::optional<std::string_view>> next = line();
  if (!next) return tl::unexpected(next.error());
  return *next ? chunk_of(**next) : std::nullopt;
}

void RunJournal::step() noexcept {
  const std::size_t bytes = ahead_.find('\n') + 1;
  ahead_.erase(0, bytes);
  place_ += bytes;
}

Result<void> RunJournal::cut() {
  ahead_ = {};
  errno = truncate_descriptor(descriptor_, place_);
  if (errno == 0) return {};
  return tl::unexpected(failure(is_lacking(errno) ? "cannot cut the journal of the run, which "
                                                    "this file system lacks; write to a "
                                                    "local directory"
                                                  : "cannot cut"));
}

Result<void> RunJournal::append(std::string_view text) {
  if (Result<void> done = write(text, place_); !done) return done;
  place_ += text.size();
  return {};
}

Result<void> RunJournal::start(std::string run) {
  run_ = std::move(run);
  place_ = owner_bytes;
  if (Result<void> done = cut(); !done) return done;
  return append(run_ + '\n');
}

Result<void> RunJournal::add(const Chunk& chunk) {
  return append(formatted("{}{} {} {} {}\n", chunk_word, chunk.file, chunk.tokens, chunk.bytes,
                          chunk.checksum));
}

Result<void> RunJournal::complete(const std::vector<std::string>& removals) {
  std::string lines;
  for (const std::string& name : removals) lines += formatted("{}{}\n", removal_word, name);
  return append(lines += journal_complete_line);
}

Result<void> RunJournal::remove() {
  return remove_file(path_);
}

}  // namespace synthgen
