#include "synthgen/analyze/key_counts.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {
namespace {

using Entry = KeyCounts::Entry;

bool is_better(const Entry& a, const Entry& b) {
  return a.second != b.second ? a.second > b.second : a.first < b.first;
}

/// Keeps the best entries of many.
class Best {
 public:
  explicit Best(std::size_t size) : size_(size) {}

  bool full() const noexcept { return heap_.size() == size_; }
  const Entry& worst() const noexcept { return heap_.front(); }

  void offer(const Entry& entry) {
    if (size_ == 0 || (full() && !is_better(entry, worst()))) return;
    if (full()) {
      std::pop_heap(heap_.begin(), heap_.end(), is_better);
      heap_.pop_back();
    }
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), is_better);
  }

  std::vector<Entry> sorted() && {
    std::sort(heap_.begin(), heap_.end(), is_better);
    return std::move(heap_);
  }

 private:
  std::size_t size_;
  std::vector<Entry> heap_;  ///< the worst in front
};

/// Appends each key of a sorted list with its count.
void append_runs(const std::vector<std::uint64_t>& sorted, std::vector<Entry>& entries) {
  for (std::size_t i = 0; i < sorted.size();) {
    const std::size_t start = i;
    while (i < sorted.size() && sorted[i] == sorted[start]) ++i;
    entries.push_back({sorted[start], i - start});
  }
}

/// Adds the counts of two lists with ascending keys.
std::vector<Entry> added(const std::vector<Entry>& a, const std::vector<Entry>& b) {
  std::vector<Entry> sum;
  sum.reserve(a.size() + b.size());
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    if (left->first < right->first) {
      sum.push_back(*left++);
    } else if (right->first < left->first) {
      sum.push_back(*right++);
    } else {
      sum.push_back({left->first, left->second + right->second});
      ++left;
      ++right;
    }
  }
  sum.insert(sum.end(), left, a.end());
  sum.insert(sum.end(), right, b.end());
  return sum;
}

std::vector<Entry> runs_of(std::vector<std::uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  std::vector<Entry> entries;
  append_runs(keys, entries);
  return entries;
}

/// Appends the keys that occur at least twice. A first pass over a small map of hashes sets aside
/// most of those that occur once; only the rest are counted in a table.
void append_repeated(const std::vector<std::uint64_t>& keys, std::vector<Entry>& entries) {
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(256, keys.size() * 4));
  const int shift = 64 - std::countr_zero(slots);
  const auto slot = [&](std::uint64_t key) {
    const std::uint64_t mixed = (key ^ key >> 29) * 0xBF58476D1CE4E5B9;
    return static_cast<std::size_t>(mixed >> shift);
  };
  thread_local std::vector<std::uint8_t> seen;
  seen.assign(slots, 0);
  for (const std::uint64_t key : keys) {
    std::uint8_t& times = seen[slot(key)];
    times = static_cast<std::uint8_t>(times + (times < 2 ? 1 : 0));
  }
  thread_local std::vector<std::uint64_t> rest;
  rest.clear();
  for (const std::uint64_t key : keys) {
    if (seen[slot(key)] > 1) rest.push_back(key);
  }
  thread_local std::vector<Entry> table;
  const std::size_t cells = std::bit_ceil(std::max<std::size_t>(16, rest.size() * 2));
  table.assign(cells, {0, 0});
  const int cell_shift = 64 - std::countr_zero(cells);
  for (const std::uint64_t key : rest) {
    const std::uint64_t mixed = (key ^ key >> 31) * 0x94D049BB133111EB;
    for (auto cell = static_cast<std::size_t>(mixed >> cell_shift);; ++cell) {
      Entry& entry = table[cell & (cells - 1)];
      if (entry.second == 0) entry.first = key;
      if (entry.first != key) continue;
      ++entry.second;
      break;
    }
  }
  for (const Entry& entry : table) {
    if (entry.second > 1) entries.push_back(entry);
  }
}

}  // namespace

void KeyCounts::compact() {
  std::uint64_t distinct = 0;
  for (std::size_t p = 0; p < partitions; ++p) {
    counted_[p] = added(counted_[p], runs_of(std::move(waiting_[p])));
    waiting_[p] = {};
    distinct += counted_[p].size();
  }
  waiting_total_ = 0;
  compact_at_ = std::max(most_waiting_, distinct);
}

void KeyCounts::merge(const KeyCounts& other) {
  for (std::size_t p = 0; p < partitions; ++p) {
    waiting_[p].insert(waiting_[p].end(), other.waiting_[p].begin(), other.waiting_[p].end());
    if (!other.counted_[p].empty()) counted_[p] = added(counted_[p], other.counted_[p]);
  }
  waiting_total_ += other.waiting_total_;
  if (waiting_total_ >= compact_at_) compact();
}

void KeyCounts::exchange(StateArchive& archive) {
  std::vector<std::uint64_t> keys;
  std::vector<Entry> entries;
  for (std::size_t p = 0; p < partitions && !archive.reads(); ++p) {
    keys.insert(keys.end(), waiting_[p].begin(), waiting_[p].end());
    entries.insert(entries.end(), counted_[p].begin(), counted_[p].end());
  }
  archive(keys, entries);
  if (!archive.reads()) return;
  *this = KeyCounts(most_waiting_);
  for (const Entry& entry : entries) {
    std::vector<Entry>& partition = counted_[partition_of(entry.first)];
    if (!partition.empty() && partition.back().first >= entry.first) return archive.refuse();
    partition.push_back(entry);
  }
  for (const std::uint64_t key : keys) add(key);
}

void KeyCounts::repeated(std::size_t partition, std::vector<Entry>& entries) const {
  if (counted_[partition].empty()) return append_repeated(waiting_[partition], entries);
  for (const Entry& entry : added(counted_[partition], runs_of(waiting_[partition]))) {
    if (entry.second > 1) entries.push_back(entry);
  }
}

void KeyCounts::single(std::size_t partition, std::uint64_t limit,
                       std::vector<Entry>& entries) const {
  std::vector<std::uint64_t> small;
  for (const std::uint64_t key : waiting_[partition]) {
    if (key <= limit) small.push_back(key);
  }
  std::vector<Entry> counted;
  for (const Entry& entry : counted_[partition]) {
    if (entry.first <= limit) counted.push_back(entry);
  }
  for (const Entry& entry : added(counted, runs_of(std::move(small)))) {
    if (entry.second == 1) entries.push_back(entry);
  }
}

std::vector<Entry> KeyCounts::most_common(std::size_t top) const {
  Best best(top);
  std::vector<Entry> entries;
  for (std::size_t p = 0; p < partitions; ++p) {
    entries.clear();
    repeated(p, entries);
    for (const Entry& entry : entries) best.offer(entry);
  }
  if (best.full()) return std::move(best).sorted();
  // Too few keys occur twice: the smallest of those that occur once fill the list.
  for (std::size_t p = 0; p < partitions; ++p) {
    const bool bounded = best.full() && best.worst().second == 1;
    entries.clear();
    single(p, bounded ? best.worst().first : UINT64_MAX, entries);
    for (const Entry& entry : entries) best.offer(entry);
  }
  return std::move(best).sorted();
}

}  // namespace synthgen
