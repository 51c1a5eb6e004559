#include "synthgen/analyze/counting/cell_counter.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {
namespace {

constexpr std::size_t most_slots = std::size_t{1} << 20;  // what a processor's cache takes
constexpr std::size_t keys_per_turn = std::size_t{1} << 16;

/// Mixes all bits into the upper ones.
template <class Cell>
Cell mixed_up(Cell cell, Cell multiplier) {
  return static_cast<Cell>((cell ^ cell >> (sizeof(Cell) * 4 - 1)) * multiplier);
}

template <class Cell>
constexpr auto first_multiplier = static_cast<Cell>(0xBF58476D1CE4E5B9);
template <class Cell>
constexpr auto second_multiplier = static_cast<Cell>(0xD6E8FEB86659FD93);
template <class Cell>
constexpr auto table_multiplier = static_cast<Cell>(0x94D049BB133111EB);

template <class Cell>
unsigned shift_for(std::size_t power_of_two) {
  return static_cast<unsigned>(sizeof(Cell) * 8) -
         static_cast<unsigned>(std::countr_zero(power_of_two));
}

}  // namespace

template <class Cell>
std::size_t CellCounter<Cell>::slot(Cell cell) const noexcept {
  return static_cast<std::size_t>(mixed_up(cell, seen_multiplier_) >> seen_shift_);
}

template <class Cell>
void CellCounter<Cell>::reset_table(std::size_t expected) {
  for (const std::uint32_t place : used_) counts_[place] = 0;
  used_.clear();
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, expected * 2));
  if (size > counts_.size()) {
    cells_.resize(size);
    counts_.resize(size);
  }
  table_shift_ = shift_for<Cell>(size);
}

template <class Cell>
void CellCounter<Cell>::grow() {
  std::vector<Counted> entries;
  entries.reserve(used_.size());
  for (const std::uint32_t place : used_) entries.emplace_back(cells_[place], counts_[place]);
  reset_table(2 * entries.size());
  for (const auto& [cell, times] : entries) add(cell, times);
}

template <class Cell>
void CellCounter<Cell>::add(Cell cell, std::uint64_t times) {
  const std::size_t size = std::size_t{1} << (sizeof(Cell) * 8 - table_shift_);
  auto place = static_cast<std::size_t>(mixed_up(cell, table_multiplier<Cell>) >> table_shift_);
  while (counts_[place] != 0 && cells_[place] != cell) place = (place + 1) & (size - 1);
  if (counts_[place] == 0) {
    cells_[place] = cell;
    used_.push_back(static_cast<std::uint32_t>(place));
  }
  counts_[place] += times;
  if (used_.size() * 2 > size) grow();
}

template <class Cell>
void CellCounter<Cell>::map(Pieces pieces, std::span<const Counted> counted, std::size_t total,
                            Cell multiplier) {
  seen_multiplier_ = multiplier;
  const std::size_t slots = std::bit_ceil(std::clamp<std::size_t>(total * 4, 256, most_slots));
  seen_shift_ = shift_for<Cell>(slots);
  seen_.assign(slots / 64, Seen());
  for (const auto& [cell, times] : counted) {
    const std::size_t at = slot(cell);
    seen_[at / 64].again |= std::uint64_t{1} << at % 64;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i + 1 < pieces.size()) {
      // Pieces are short and lie anywhere: the processor cannot guess the next one.
      const auto bytes =
          std::as_bytes(pieces[i + 1].first(std::min(pieces[i + 1].size(), keys_per_turn)));
      for (std::size_t b = 0; b < bytes.size(); b += cache_line_bytes) {
        __builtin_prefetch(bytes.data() + b);
      }
    }
    for (const Cell cell : pieces[i]) {
      const std::size_t at = slot(cell);
      Seen& seen = seen_[at / 64];
      const std::uint64_t bit = std::uint64_t{1} << at % 64;
      seen.again |= seen.once & bit;
      seen.once |= bit;
    }
  }
}

template <class Cell>
template <bool with_singles>
void CellCounter<Cell>::sift(std::span<const Cell> piece, std::vector<Cell>& rest) {
  const std::size_t rest_before = rest.size();
  const std::size_t singles_before = singles_.size();
  rest.resize(rest_before + piece.size());
  if (with_singles) singles_.resize(singles_before + piece.size());
  Cell* other = rest.data() + rest_before;
  Cell* single = singles_.data() + singles_before;
  for (const Cell cell : piece) {
    const std::size_t at = slot(cell);
    const std::uint64_t again = seen_[at / 64].again >> at % 64 & 1;
    *other = cell;
    other += again;
    if (with_singles) {
      *single = cell;
      single += 1 - again;
    }
  }
  rest.resize(static_cast<std::size_t>(other - rest.data()));
  if (with_singles) singles_.resize(static_cast<std::size_t>(single - singles_.data()));
}

template <class Cell>
template <bool with_singles>
void CellCounter<Cell>::count_all(Pieces pieces, std::span<const Counted> counted,
                                  std::size_t total) {
  map(pieces, counted, total, first_multiplier<Cell>);
  rest_.clear();
  const auto start_table = [&](std::size_t expected) {
    reset_table(counted.size() + expected);
    for (const auto& [cell, times] : counted) add(cell, times);
  };
  if (total > keys_per_turn) start_table(keys_per_turn / 2);
  const auto empty_rest = [&] {
    for (const Cell cell : rest_) add(cell, 1);
    rest_.clear();
  };
  for (const auto piece : pieces) {
    sift<with_singles>(piece, rest_);
    if (total > keys_per_turn && rest_.size() >= keys_per_turn) empty_rest();
  }
  if (total <= keys_per_turn && rest_.size() * 2 < total) {
    // Most of the rest met another number by accident; hardly two of them will do so again.
    const std::span<const Cell> rest(rest_);
    map({&rest, 1}, counted, 2 * rest_.size(), second_multiplier<Cell>);
    last_rest_.clear();
    sift<with_singles>(rest, last_rest_);
    std::swap(rest_, last_rest_);
  }
  if (total <= keys_per_turn) start_table(rest_.size() / 2);
  empty_rest();
}

template <class Cell>
void CellCounter<Cell>::count(Pieces pieces, std::span<const Counted> counted, bool with_singles) {
  std::size_t total = counted.size();
  for (const auto piece : pieces) total += piece.size();
  singles_.clear();
  if (with_singles) {
    count_all<true>(pieces, counted, total);
  } else {
    count_all<false>(pieces, counted, total);
  }
  repeated_.clear();
  for (const std::uint32_t place : used_) {
    if (counts_[place] > 1) repeated_.emplace_back(cells_[place], counts_[place]);
    if (counts_[place] == 1 && with_singles) singles_.push_back(cells_[place]);
  }
}

template class CellCounter<std::uint32_t>;
template class CellCounter<std::uint64_t>;

}  // namespace synthgen
