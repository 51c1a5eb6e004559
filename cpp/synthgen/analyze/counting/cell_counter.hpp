#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// What a processor fetches at once.
inline constexpr std::size_t cache_line_bytes = 64;

/// For each hash the first number that had it. A free place holds a number that belongs elsewhere,
/// so every number can be stored.
template <class Cell, Cell multiplier>
class FirstCells {
 public:
  /// Frees all places; there are at least twice as many as numbers expected, up to a limit.
  void reset(std::size_t expected);
  /// Takes each number whose place is free; writes the others to `rest`, which has room for all,
  /// and returns the end of what is written.
  Cell* take(std::span<const Cell> cells, Cell* rest);
  bool holds(Cell cell) const noexcept { return cells_[place(cell)] == cell; }
  void release(Cell cell) noexcept { cells_[place(cell)] = free_mark(place(cell)); }
  void append_to(std::vector<Cell>& cells) const;

 private:
  std::size_t place(Cell cell) const noexcept {
    return static_cast<std::size_t>(static_cast<Cell>(cell * multiplier) >> shift_);
  }
  /// A number that does not belong to this place.
  static Cell free_mark(std::size_t place) noexcept {
    return place == 0 ? static_cast<Cell>(~Cell{0}) : Cell{0};
  }

  std::vector<Cell> places_;  ///< the first `size_` of them are in use
  Cell* cells_ = nullptr;
  std::size_t size_ = 0;
  unsigned shift_ = 0;
};

/// Counts the numbers of one partition of a larger whole, most of which may occur once; keeps its
/// scratch memory between calls. Two maps from a hash to the first number that has it hold most of
/// those that occur once, and only the rest are counted in a table. All numbers have the same first
/// `same_bits` bits; those that follow must differ as hashes do.
template <class Cell, unsigned same_bits>
class CellCounter {
 public:
  using Counted = std::pair<Cell, std::uint64_t>;

  /// Counts each number of `pieces` once and adds the counts of `counted`, which may list a number
  /// more than once. Numbers that occur less often than `least`, 2 or more, may be passed over:
  /// then nothing but `repeated` is known.
  void count(std::span<const std::span<const Cell>> pieces, std::span<const Counted> counted,
             std::uint64_t least = 2);

  /// How many different numbers occur.
  std::uint64_t distinct() const noexcept { return distinct_; }
  /// The numbers that occur at least twice, with their counts, in any order.
  const std::vector<Counted>& repeated() const noexcept { return repeated_; }
  /// The numbers that occur once, in any order, until the next call.
  const std::vector<Cell>& singles();
  /// Whether a number, which occurs, occurs once.
  bool is_single(Cell cell) const noexcept;

 private:
  static constexpr Cell first_multiplier = Cell{1} << same_bits;
  static constexpr auto second_multiplier = static_cast<Cell>(0xD6E8FEB86659FD93);

  Cell* without_rare(Cell* end, std::uint64_t least);
  void settle_rest(const Cell* end);
  void count_held();
  static Cell table_hash(Cell cell) noexcept;
  std::size_t table_place(Cell cell) const noexcept {
    return static_cast<std::size_t>(table_hash(cell) >> table_shift_);
  }
  void reset_table(std::size_t expected);
  void add(Cell cell, std::uint64_t times);
  void grow();

  FirstCells<Cell, first_multiplier> first_;
  FirstCells<Cell, second_multiplier> second_;  ///< of those that met another number in `first_`
  std::vector<Cell> rest_;                      ///< those whose place in `first_` was taken
  std::vector<std::uint8_t> met_;  ///< how many of these there are for each hash, up to 128
  struct Entry {
    Cell cell = 0;
    std::uint64_t count = 0;  ///< 0: a free place
  };
  std::vector<Entry> table_;
  std::vector<std::uint32_t> used_;  ///< the places that are not free
  unsigned table_shift_ = 0;
  std::uint64_t distinct_ = 0;
  std::vector<Counted> repeated_;
  std::vector<Cell> singles_;
};

/// The upper bits of a 64-bit number name its partition.
inline constexpr unsigned partition_bits = 10;

extern template class CellCounter<std::uint32_t, 0>;
extern template class CellCounter<std::uint64_t, partition_bits>;

}  // namespace synthgen
