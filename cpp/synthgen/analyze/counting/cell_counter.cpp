#include "synthgen/analyze/counting/cell_counter.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {
namespace {

constexpr std::size_t fewest_cell_places = 16;
constexpr std::size_t most_cell_places = std::size_t{1} << 18;  // what a processor's cache takes
constexpr std::size_t most_rest = std::size_t{1} << 14;

template <class Cell>
constexpr auto table_multiplier = static_cast<Cell>(0x94D049BB133111EB);

template <class Cell>
unsigned shift_for(std::size_t power_of_two) {
  return static_cast<unsigned>(sizeof(Cell) * 8) -
         static_cast<unsigned>(std::countr_zero(power_of_two));
}

/// Pieces are short and lie anywhere: the processor cannot guess the next one.
template <class Cell>
void prefetch(std::span<const Cell> piece) {
  const auto bytes = std::as_bytes(piece);
  for (std::size_t b = 0; b < bytes.size(); b += cache_line_bytes) {
    __builtin_prefetch(bytes.data() + b);
  }
}

}  // namespace

template <class Cell, Cell multiplier>
void FirstCells<Cell, multiplier>::reset(std::size_t expected) {
  // The mark of the first place belongs to another one.
  static_assert(static_cast<Cell>(~Cell{0} * multiplier) >> (sizeof(Cell) * 8 - 4) != 0);
  size_ = std::bit_ceil(std::clamp(2 * expected, fewest_cell_places, most_cell_places));
  if (size_ > places_.size()) places_.resize(size_);
  cells_ = places_.data();
  std::fill_n(cells_, size_, Cell{0});
  cells_[0] = free_mark(0);
  shift_ = shift_for<Cell>(size_);
}

template <class Cell, Cell multiplier>
Cell* FirstCells<Cell, multiplier>::take(std::span<const Cell> cells, Cell* rest) {
  Cell* const first = cells_;
  const unsigned shift = shift_;
  for (const Cell cell : cells) {
    const auto hash = static_cast<Cell>(cell * multiplier);
    Cell& there = first[static_cast<std::size_t>(hash >> shift)];
    const Cell held = there;
    const auto other_hash = static_cast<Cell>(static_cast<Cell>(held * multiplier) ^ hash);
    const auto is_taken = static_cast<Cell>(other_hash >> shift == 0);
    // No branch: whether a place is taken cannot be foreseen.
    there = static_cast<Cell>(cell ^ ((cell ^ held) & static_cast<Cell>(Cell{0} - is_taken)));
    *rest = cell;
    rest += static_cast<std::size_t>(is_taken);
  }
  return rest;
}

template <class Cell, Cell multiplier>
void FirstCells<Cell, multiplier>::append_to(std::vector<Cell>& cells) const {
  const std::size_t before = cells.size();
  cells.resize(before + size_);
  Cell* end = cells.data() + before;
  for (std::size_t i = 0; i < size_; ++i) {
    *end = cells_[i];
    end += place(cells_[i]) == i ? 1 : 0;
  }
  cells.resize(static_cast<std::size_t>(end - cells.data()));
}

/// Mixes all bits into the upper ones.
template <class Cell, unsigned same_bits>
Cell CellCounter<Cell, same_bits>::table_hash(Cell cell) noexcept {
  return static_cast<Cell>((cell ^ cell >> (sizeof(Cell) * 4 - 1)) * table_multiplier<Cell>);
}

template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::reset_table(std::size_t expected) {
  for (const std::uint32_t place : used_) table_[place] = Entry();
  used_.clear();
  const std::size_t size = std::bit_ceil(std::max(fewest_cell_places, expected * 2));
  if (size > table_.size()) table_.resize(size);
  table_shift_ = shift_for<Cell>(size);
}

template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::grow() {
  std::vector<Entry> entries;
  entries.reserve(used_.size());
  for (const std::uint32_t place : used_) entries.push_back(table_[place]);
  reset_table(2 * entries.size());
  for (const Entry& entry : entries) add(entry.cell, entry.count);
}

template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::add(Cell cell, std::uint64_t times) {
  const std::size_t size = std::size_t{1} << (sizeof(Cell) * 8 - table_shift_);
  std::size_t place = table_place(cell);
  while (table_[place].count != 0 && table_[place].cell != cell) place = (place + 1) & (size - 1);
  Entry& entry = table_[place];
  if (entry.count == 0) {
    entry.cell = cell;
    used_.push_back(static_cast<std::uint32_t>(place));
  }
  entry.count += times;
  if (used_.size() * 2 > size) grow();
}

/// Drops the remaining numbers that cannot reach `least` occurrences, counting the one already
/// held; estimated from a small counter per hash. Returns the new end.
template <class Cell, unsigned same_bits>
Cell* CellCounter<Cell, same_bits>::without_rare(Cell* end, std::uint64_t least) {
  constexpr std::uint8_t most = 128;
  const std::span<Cell> rest(rest_.data(), end);
  met_.assign(std::bit_ceil(std::max(fewest_cell_places, 4 * rest.size())), 0);
  const unsigned shift = shift_for<Cell>(met_.size());
  const auto met = [&](Cell cell) -> std::uint8_t& {
    return met_[static_cast<std::size_t>(table_hash(cell) >> shift)];
  };
  for (const std::uint32_t place : used_) met(table_[place].cell) = most;
  for (const Cell cell : rest) {
    std::uint8_t& times = met(cell);
    times = static_cast<std::uint8_t>(times + 1 - times / most);
  }
  const auto needed = static_cast<std::uint8_t>(std::min<std::uint64_t>(least - 1, most));
  Cell* kept = rest.data();
  for (const Cell cell : rest) {
    *kept = cell;
    kept += met(cell) >= needed ? 1 : 0;
  }
  return kept;
}

/// Counts the numbers before `end` that equal one that is held; others may still be held.
template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::settle_rest(const Cell* end) {
  Cell* const start = rest_.data();
  Cell* others = start;
  for (const Cell* cell = start; cell != end; ++cell) {
    if (first_.holds(*cell)) {
      add(*cell, 1);
    } else {
      *others++ = *cell;
    }
  }
  const std::span<const Cell> met(start, others);
  const Cell* const left = second_.take(met, start);
  distinct_ += met.size() - static_cast<std::size_t>(left - start);
  for (const Cell* cell = start; cell != left; ++cell) add(*cell, 1);
}

/// A number in the table may be held as well: that is one occurrence more.
template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::count_held() {
  repeated_.clear();
  distinct_ += used_.size();
  for (const std::uint32_t place : used_) {
    auto& [cell, times] = table_[place];
    if (first_.holds(cell)) {
      first_.release(cell);
    } else if (second_.holds(cell)) {
      second_.release(cell);
    } else {
      if (times > 1) repeated_.emplace_back(cell, times);
      continue;
    }
    --distinct_;
    repeated_.emplace_back(cell, ++times);
  }
}

template <class Cell, unsigned same_bits>
void CellCounter<Cell, same_bits>::count(std::span<const std::span<const Cell>> pieces,
                                         std::span<const Counted> counted, std::uint64_t least) {
  std::size_t total = 0;
  for (const auto piece : pieces) total += piece.size();
  first_.reset(total);
  second_.reset(total / (least > 2 ? 32 : 4));
  distinct_ = 0;
  reset_table(counted.size() + std::min(total, most_rest) / 8);
  for (const auto& [cell, times] : counted) add(cell, times);
  if (rest_.empty()) rest_.resize(2 * most_rest);
  Cell* end = rest_.data();
  bool is_whole = true;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i + 1 < pieces.size()) {
      prefetch(pieces[i + 1].first(std::min(pieces[i + 1].size(), most_rest)));
    }
    for (auto piece = pieces[i]; !piece.empty();) {
      const auto part = piece.first(std::min(piece.size(), most_rest));
      piece = piece.subspan(part.size());
      Cell* const before = end;
      end = first_.take(part, end);
      distinct_ += part.size() - static_cast<std::size_t>(end - before);
      if (end - rest_.data() < static_cast<std::ptrdiff_t>(most_rest)) continue;
      settle_rest(end);
      end = rest_.data();
      is_whole = false;
    }
  }
  settle_rest(least > 2 && is_whole ? without_rare(end, least) : end);
  count_held();
}

template <class Cell, unsigned same_bits>
const std::vector<Cell>& CellCounter<Cell, same_bits>::singles() {
  singles_.clear();
  first_.append_to(singles_);
  second_.append_to(singles_);
  for (const std::uint32_t place : used_) {
    if (table_[place].count == 1) singles_.push_back(table_[place].cell);
  }
  return singles_;
}

template <class Cell, unsigned same_bits>
bool CellCounter<Cell, same_bits>::is_single(Cell cell) const noexcept {
  if (first_.holds(cell) || second_.holds(cell)) return true;  // repeated ones were released
  const std::size_t size = std::size_t{1} << (sizeof(Cell) * 8 - table_shift_);
  std::size_t place = table_place(cell);
  while (table_[place].count != 0 && table_[place].cell != cell) place = (place + 1) & (size - 1);
  return table_[place].count == 1;
}

template class CellCounter<std::uint32_t, 0>;
template class CellCounter<std::uint64_t, partition_bits>;

}  // namespace synthgen
