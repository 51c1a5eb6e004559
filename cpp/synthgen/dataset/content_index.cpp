#include "synthgen/dataset/content_index.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

constexpr std::uint64_t largest_block_bytes = std::uint64_t{24} << 20;
constexpr std::uint64_t smallest_limit_bytes = std::uint64_t{1} << 16;

tl::unexpected<Error> temporary_file_error(const char* what) {
  return fail(ErrorKind::io,
              formatted("cannot {} a temporary file: {}; the place of temporary files is TMPDIR, "
                        "and a larger memory limit needs none",
                        what, std::strerror(errno)));
}

/// A file that has no name any more; -1 when there is none.
int open_nameless_file() {
  const char* directory = std::getenv("TMPDIR");
  if (directory == nullptr || *directory == '\0') directory = "/tmp";
  std::string path = std::string(directory) + "/synthgen-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  if (descriptor >= 0) ::unlink(path.c_str());
  return descriptor;
}

}  // namespace

/// Reads one sorted run, in memory or in the file.
class ContentIndex::Cursor {
 public:
  explicit Cursor(const std::vector<Entry>& block) : at_(block.data()), end_(at_ + block.size()) {}
  Cursor(int descriptor, const Run& run)
      : descriptor_(descriptor), next_byte_(run.first_byte), left_(run.entries) {}

  /// Whether there is a current entry, after reading more of the file where that is due.
  Result<bool> ready() {
    if (at_ != end_) return true;
    if (left_ == 0) return false;
    constexpr std::size_t buffer_entries = 2048;
    buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(buffer_entries, left_)));
    auto* bytes = reinterpret_cast<char*>(buffer_.data());
    for (std::size_t done = 0; done < buffer_.size() * sizeof(Entry);) {
      const ssize_t count =
          ::pread(descriptor_, bytes + done, buffer_.size() * sizeof(Entry) - done,
                  static_cast<off_t>(next_byte_ + done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return temporary_file_error("read");
      done += static_cast<std::size_t>(count);
    }
    next_byte_ += buffer_.size() * sizeof(Entry);
    left_ -= buffer_.size();
    at_ = buffer_.data();
    end_ = at_ + buffer_.size();
    return true;
  }
  const Entry& current() const noexcept { return *at_; }
  void advance() noexcept { ++at_; }

 private:
  const Entry* at_ = nullptr;
  const Entry* end_ = nullptr;
  int descriptor_ = -1;
  std::uint64_t next_byte_ = 0;
  std::uint64_t left_ = 0;
  std::vector<Entry> buffer_;
};

namespace {

/// Takes the entries of several cursors in ascending order.
template <class Cursors, class Take>
Result<void> take_in_order(Cursors& cursors, const Take& take) {
  std::vector<std::size_t> heap;
  const auto later = [&](std::size_t a, std::size_t b) {
    return cursors[b].current() < cursors[a].current();
  };
  for (std::size_t i = 0; i < cursors.size(); ++i) {
    const Result<bool> ready = cursors[i].ready();
    if (!ready) return tl::unexpected(ready.error());
    if (*ready) heap.push_back(i);
  }
  std::make_heap(heap.begin(), heap.end(), later);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    auto& cursor = cursors[heap.back()];
    if (Result<void> taken = take(cursor.current()); !taken) return taken;
    cursor.advance();
    const Result<bool> ready = cursor.ready();
    if (!ready) return tl::unexpected(ready.error());
    if (*ready) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  return {};
}

}  // namespace

ContentIndex::ContentIndex(std::uint64_t memory_limit_bytes) {
  const std::uint64_t limit = std::max(memory_limit_bytes, smallest_limit_bytes);
  block_entries_ =
      static_cast<std::size_t>(std::min(largest_block_bytes, limit / 4) / sizeof(Entry));
  most_blocks_ = static_cast<std::size_t>(
      std::max<std::uint64_t>(2, limit / (block_entries_ * sizeof(Entry))));
}

ContentIndex::ContentIndex(ContentIndex&& other) noexcept
    : block_entries_(other.block_entries_),
      most_blocks_(other.most_blocks_),
      blocks_(std::move(other.blocks_)),
      runs_(std::move(other.runs_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      spilled_bytes_(other.spilled_bytes_) {}

ContentIndex::~ContentIndex() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> ContentIndex::add(std::span<const std::uint32_t> sequence, std::uint64_t place) {
  if (blocks_.back().size() == block_entries_) {
    std::sort(blocks_.back().begin(), blocks_.back().end());
    if (blocks_.size() == most_blocks_) {
      if (Result<void> spilled = spill(); !spilled) return spilled;
      blocks_.resize(1);
      blocks_.front().clear();
    } else {
      blocks_.emplace_back();
    }
  }
  const XXH128_hash_t hash = XXH3_128bits(sequence.data(), sequence.size_bytes());
  blocks_.back().push_back({hash.high64, hash.low64, place});
  return {};
}

Result<void> ContentIndex::spill() {
  if (descriptor_ < 0) descriptor_ = open_nameless_file();
  if (descriptor_ < 0) return temporary_file_error("make");
  constexpr std::size_t buffer_entries = std::size_t{1} << 13;
  std::vector<Entry> buffer;
  Run run{spilled_bytes_, 0};
  const auto write = [&]() -> Result<void> {
    const auto* bytes = reinterpret_cast<const char*>(buffer.data());
    for (std::size_t left = buffer.size() * sizeof(Entry); left > 0;) {
      const ssize_t count = ::pwrite(descriptor_, bytes, left, static_cast<off_t>(spilled_bytes_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return temporary_file_error("write");
      bytes += count;
      left -= static_cast<std::size_t>(count);
      spilled_bytes_ += static_cast<std::uint64_t>(count);
    }
    run.entries += buffer.size();
    buffer.clear();
    return {};
  };
  std::vector<Cursor> sorted = cursors(false);
  Result<void> written = take_in_order(sorted, [&](const Entry& entry) -> Result<void> {
    buffer.push_back(entry);
    return buffer.size() < buffer_entries ? Result<void>() : write();
  });
  if (written) written = write();
  if (written) runs_.push_back(run);
  return written;
}

std::vector<ContentIndex::Cursor> ContentIndex::cursors(bool with_file) {
  std::vector<Cursor> cursors;
  for (const std::vector<Entry>& block : blocks_) cursors.emplace_back(block);
  for (std::size_t i = 0; with_file && i < runs_.size(); ++i) {
    cursors.emplace_back(descriptor_, runs_[i]);
  }
  return cursors;
}

Result<void> ContentIndex::visit(const Visit& visit) {
  std::sort(blocks_.back().begin(), blocks_.back().end());
  std::vector<Cursor> sorted = cursors(true);
  std::optional<Entry> last;
  return take_in_order(sorted, [&](const Entry& entry) -> Result<void> {
    visit(entry, last && entry.hash_high == last->hash_high && entry.hash_low == last->hash_low);
    last = entry;
    return {};
  });
}

}  // namespace synthgen
