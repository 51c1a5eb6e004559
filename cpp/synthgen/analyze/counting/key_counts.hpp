#pragma once

#include "synthgen/analyze/counting/cell_counter.hpp"
#include "synthgen/analyze/counting/chunk_arena.hpp"
#include "synthgen/analyze/counting/spill_file.hpp"
#include "synthgen/analyze/counting/state_archive.hpp"
#include "synthgen/config/result.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// Keeps the best of many pairs of key and count: the largest counts, ties by ascending key.
template <class Entry>
class BestEntries {
 public:
  explicit BestEntries(std::size_t size) : size_(size) {}

  bool full() const noexcept { return heap_.size() == size_; }
  /// The list must not be empty.
  const Entry& worst() const noexcept { return heap_.front(); }
  /// Whether an entry with this count could be kept.
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
    std::sort_heap(heap_.begin(), heap_.end(), is_better);
    return std::move(heap_);
  }

 private:
  static bool is_better(const Entry& a, const Entry& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  }

  std::size_t size_;
  std::vector<Entry> heap_;  ///< the worst in front
};

/// How much memory counts may take, and what happens beyond it.
struct CountLimits {
  std::uint64_t bytes = UINT64_MAX;
  bool approximate = false;  ///< forget the rarest keys instead of writing to a temporary file
};

/// Counts of keys, most of which may occur once: keys are only collected, in partitions that fit a
/// processor's cache, and counted on demand. A key takes the size of a Cell: 4 bytes for keys below
/// 2^42, 8 for any. Keys that reach the limit are counted. If that does not halve them, they go to
/// a temporary file; if there can be none, or it is not wanted, the rarest are forgotten, and the
/// counts of the others are too low by at most `undercount` (Misra and Gries, "Finding repeated
/// elements", 1982, by way of lossy counting).
template <class Cell>
class KeyCounts {
 public:
  using Entry = std::pair<std::uint64_t, std::uint64_t>;  ///< key and count
  static constexpr unsigned key_bits = sizeof(Cell) == 4 ? 42 : 64;

  explicit KeyCounts(const CountLimits& limits = {});

  void add(std::span<const std::uint64_t> keys);
  void merge(const KeyCounts& other);
  /// Like `merge`, but takes over the memory of `other`, which is left without keys.
  void absorb(KeyCounts&& other);
  void exchange(StateArchive& archive);
  /// Forgets all keys in memory; their memory is kept for others. Only before any were written.
  void clear();

  /// The `top` most frequent keys, most frequent first, ties by ascending key. Fails (io) if a
  /// temporary file cannot be read.
  Result<std::vector<Entry>> most_common(std::size_t top) const;
  /// Calls `use` with each key and its count, once, in any order. Fails (io) like `most_common`.
  Result<void> visit_counts(const std::function<void(const Entry&)>& use) const;
  /// Number of different keys. Fails (io) like `most_common`.
  Result<std::uint64_t> distinct() const;
  /// By how much a count may be too low, and how often a key that is not reported may occur.
  std::uint64_t undercount() const noexcept { return undercount_; }
  /// Why keys could not be written.
  const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  using Counter = CellCounter<Cell, key_bits == 64 ? partition_bits : 0>;
  using Counted = typename Counter::Counted;
  static constexpr std::size_t partitions = std::size_t{1} << partition_bits;
  static constexpr std::uint32_t no_chunk = UINT32_MAX;

  /// Where a key is kept: the upper bits of a product name its partition, and the lower ones its
  /// cell in there.
  struct Place {
    std::size_t partition;
    Cell cell;
  };
  static Place place_of(std::uint64_t key) noexcept;
  static std::uint64_t key_of(Place place) noexcept;

  /// The keys of one partition.
  struct Partition {
    std::uint32_t last_chunk = 0;
    std::vector<Counted> counted;  ///< may list a key more than once
  };
  /// The partitions that were written to a file, in order.
  struct Run {
    std::shared_ptr<SpillFile> file;
    std::vector<std::uint64_t> starts;  ///< of a partition, in bytes
    std::vector<std::size_t> cells;     ///< of a partition, before its counted keys
    std::vector<std::size_t> counted;   ///< of a partition
  };
  /// A partition's cells from memory and files.
  struct Gathered {
    std::vector<std::span<const Cell>> pieces;
    std::vector<Counted> counted;
    std::vector<Cell> read;
    std::vector<std::uint64_t> counts;
  };

  void start_partitions();
  void distribute(std::span<const std::uint64_t> keys);
  void put(const Place& place);
  void take_chunk(std::size_t partition);
  void absorb_chunks(std::size_t partition, std::uint32_t last_chunk, const Cell* end);
  void add_pieces(std::size_t partition, std::vector<std::span<const Cell>>& pieces) const;
  Result<void> gather(std::size_t partition, Gathered& gathered) const;
  /// Calls use(partition, gathered) for each partition, with keys that are only collected.
  template <class Use>
  Result<void> visit(const Use& use) const;
  void clear(std::size_t partition);

  std::uint64_t kept_bytes() const noexcept;
  void keep_limit();
  void compact();
  void forget_rarest();
  Result<void> spill();

  CountLimits limits_;
  std::vector<std::uint64_t> collected_;  ///< keys that are in no partition yet
  std::vector<Partition> partitions_;     ///< none until there are many keys
  std::vector<Cell*> ends_;               ///< of a partition's cells, in its last chunk
  ChunkArena arena_;
  std::vector<std::uint32_t> previous_chunk_;  ///< of the same partition, by chunk
  std::shared_ptr<SpillFile> file_;            ///< of its own runs
  std::vector<Run> runs_;
  std::uint64_t cells_ = 0;    ///< in the partitions
  std::uint64_t counted_ = 0;  ///< in the partitions
  std::uint64_t most_cells_ = 0;
  std::uint64_t undercount_ = 0;
  std::optional<Error> failure_;
};

extern template class KeyCounts<std::uint32_t>;
extern template class KeyCounts<std::uint64_t>;

/// Counts keys of few bits in half of the memory, except where a page waits for the code: one kind
/// of counter loads sooner than two.
#ifdef SYNTHGEN_LIVE
using SmallKeyCounts = KeyCounts<std::uint64_t>;
#else
using SmallKeyCounts = KeyCounts<std::uint32_t>;
#endif

}  // namespace synthgen
