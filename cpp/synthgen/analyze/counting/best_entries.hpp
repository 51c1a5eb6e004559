#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synthgen {

/// Keeps the best of many pairs of a key and its count: the largest counts, ties by ascending key.
template <class Entry>
class BestEntries {
 public:
  explicit BestEntries(std::size_t size) : size_(size) {}

  bool full() const noexcept { return heap_.size() == size_; }
  /// Of a list that is not empty.
  const Entry& worst() const noexcept { return heap_.front(); }
  /// Whether an entry with this count has a chance.
  bool takes(std::uint64_t count) const noexcept {
    return !full() || (size_ > 0 && count >= worst().second);
  }

  void offer(const Entry& entry) {
    if (size_ == 0 || (full() && !is_better(entry, worst()))) return;
    if (full()) {
      std::pop_heap(heap_.begin(), heap_.end(), is_better);
      heap_.pop_back();
    }
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), is_better);
  }

  /// The best first.
  std::vector<Entry> sorted() && {
    std::sort(heap_.begin(), heap_.end(), is_better);
    return std::move(heap_);
  }

 private:
  static bool is_better(const Entry& a, const Entry& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  }

  std::size_t size_;
  std::vector<Entry> heap_;  ///< the worst in front
};

}  // namespace synthgen
