#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// What a processor fetches at once.
inline constexpr std::size_t cache_line_bytes = 64;

/// Counts the numbers of one partition of a larger whole, most of which may occur once; keeps its
/// scratch memory between calls. Passes over a small map of hashes set aside most of those that
/// occur once, and only the rest are counted in a table.
template <class Cell>
class CellCounter {
 public:
  using Counted = std::pair<Cell, std::uint64_t>;

  /// Counts each number of `pieces` once and adds the counts of `counted`, which may list a number
  /// more than once. `with_singles`: also fill `singles`.
  void count(std::span<const std::span<const Cell>> pieces, std::span<const Counted> counted,
             bool with_singles);

  /// The numbers that occur at least twice, with their counts, in any order.
  const std::vector<Counted>& repeated() const noexcept { return repeated_; }
  /// The numbers that occur once, in any order.
  const std::vector<Cell>& singles() const noexcept { return singles_; }

 private:
  using Pieces = std::span<const std::span<const Cell>>;
  std::size_t slot(Cell cell) const noexcept;
  /// Makes a map for `total` numbers from `counted` and `pieces`, hashed with `multiplier`.
  void map(Pieces pieces, std::span<const Counted> counted, std::size_t total, Cell multiplier);
  /// Appends the numbers whose hash the map has met more than once to `rest`, the others to
  /// `singles_`.
  template <bool with_singles>
  void sift(std::span<const Cell> piece, std::vector<Cell>& rest);
  template <bool with_singles>
  void count_all(Pieces pieces, std::span<const Counted> counted, std::size_t total);
  void reset_table(std::size_t expected);
  void add(Cell cell, std::uint64_t times);
  void grow();

  /// For 64 neighbouring hashes, whether each occurs, and whether more than once.
  struct Seen {
    std::uint64_t once = 0;
    std::uint64_t again = 0;
  };
  std::vector<Seen> seen_;
  Cell seen_multiplier_ = 0;
  unsigned seen_shift_ = 0;
  std::vector<Cell> rest_;
  std::vector<Cell> last_rest_;
  std::vector<Cell> cells_;            ///< the table's keys
  std::vector<std::uint64_t> counts_;  ///< 0: a free place
  std::vector<std::uint32_t> used_;    ///< the places that are not free
  unsigned table_shift_ = 0;
  std::vector<Counted> repeated_;
  std::vector<Cell> singles_;
};

extern template class CellCounter<std::uint32_t>;
extern template class CellCounter<std::uint64_t>;

}  // namespace synthgen
