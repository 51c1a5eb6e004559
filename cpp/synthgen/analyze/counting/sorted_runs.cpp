#include "synthgen/analyze/counting/sorted_runs.hpp"

#include <algorithm>

namespace synthgen {

/// Goes through one run, a buffer at a time.
class SortedRuns::Cursor {
 public:
  Cursor(std::span<const std::uint32_t> records, std::size_t width)
      : width_(width), rest_(records) {}
  Cursor(const Run& run, std::size_t width, std::size_t buffered_records)
      : width_(width),
        file_(run.file.get()),
        next_(run.start),
        end_(run.end),
        buffered_records_(buffered_records) {}

  /// Makes a record the current one; false at the end.
  Result<bool> advance() {
    rest_ = rest_.subspan(std::min(rest_.size(), started_ ? width_ : 0));
    started_ = true;
    if (!rest_.empty()) return true;
    if (next_ == end_) return false;
    const std::size_t record_bytes = width_ * sizeof(std::uint32_t);
    const auto bytes = static_cast<std::size_t>(
        std::min<std::uint64_t>(buffered_records_ * record_bytes, end_ - next_));
    buffer_.resize(bytes / sizeof(std::uint32_t));
    if (Result<void> read = file_->read(next_, buffer_.data(), bytes); !read) {
      return tl::unexpected(std::move(read.error()));
    }
    next_ += bytes;
    rest_ = buffer_;
    return true;
  }

  std::span<const std::uint32_t> record() const { return rest_.first(width_); }

  /// Whether its record comes after the other's: the order of a heap with the least in front.
  static bool is_after(const Cursor* a, const Cursor* b) {
    const auto left = a->record();
    const auto right = b->record();
    return std::lexicographical_compare(right.begin(), right.end(), left.begin(), left.end());
  }

 private:
  std::size_t width_;
  std::span<const std::uint32_t> rest_;  ///< the current record in front
  const SpillFile* file_ = nullptr;
  std::uint64_t next_ = 0;
  std::uint64_t end_ = 0;
  std::size_t buffered_records_ = 0;
  std::vector<std::uint32_t> buffer_;
  bool started_ = false;
};

Result<void> SortedRuns::append(std::span<const std::uint32_t> records) {
  if (!file_) {
    Result<std::shared_ptr<SpillFile>> file = SpillFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    file_ = std::move(*file);
  }
  const std::uint64_t start = file_->size();
  Result<void> written = file_->append(records.data(), records.size_bytes());
  if (written) written = file_->flush();
  if (written) runs_.push_back({file_, start, file_->size()});
  return written;
}

void SortedRuns::merge(const SortedRuns& other) {
  runs_.insert(runs_.end(), other.runs_.begin(), other.runs_.end());
}

Result<void> SortedRuns::visit(
    std::span<const std::uint32_t> in_memory,
    const std::function<void(std::span<const std::uint32_t>)>& use) const {
  std::vector<Cursor> cursors;
  cursors.reserve(runs_.size() + 1);
  cursors.emplace_back(in_memory, width_);
  constexpr std::size_t all_buffered_records = std::size_t{1} << 16;
  constexpr std::size_t fewest_buffered_records = 128;
  const std::size_t buffered_records = std::max(
      fewest_buffered_records, all_buffered_records / std::max<std::size_t>(1, runs_.size()));
  for (const Run& run : runs_) cursors.emplace_back(run, width_, buffered_records);
  std::vector<Cursor*> heap;
  for (Cursor& cursor : cursors) {
    const Result<bool> more = cursor.advance();
    if (!more) return tl::unexpected(more.error());
    if (*more) heap.push_back(&cursor);
  }
  std::make_heap(heap.begin(), heap.end(), &Cursor::is_after);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), &Cursor::is_after);
    use(heap.back()->record());
    const Result<bool> more = heap.back()->advance();
    if (!more) return tl::unexpected(more.error());
    if (*more) {
      std::push_heap(heap.begin(), heap.end(), &Cursor::is_after);
    } else {
      heap.pop_back();
    }
  }
  return {};
}

}  // namespace synthgen
