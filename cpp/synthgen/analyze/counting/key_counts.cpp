#include "synthgen/analyze/counting/key_counts.hpp"

#include "synthgen/analyze/counting/absorbed_counts.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {
namespace {

constexpr std::size_t most_collected = std::size_t{1} << 15;

constexpr std::uint64_t key_multiplier = 0x9E3779B97F4A7C15;  // odd: no two keys mix alike

/// Its inverse modulo 2^64, and so modulo every smaller power of two: each step of Newton's
/// iteration doubles the number of right bits.
constexpr std::uint64_t inverse_of(std::uint64_t odd) {
  std::uint64_t inverse = odd;
  for (int i = 0; i < 5; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}
static_assert(key_multiplier * inverse_of(key_multiplier) == 1);

}  // namespace

template <class Cell>
typename KeyCounts<Cell>::Place KeyCounts<Cell>::place_of(std::uint64_t key) noexcept {
  const std::uint64_t mixed = key * key_multiplier << (64 - key_bits) >> (64 - key_bits);
  return {static_cast<std::size_t>(mixed >> (key_bits - partition_bits)), static_cast<Cell>(mixed)};
}

template <class Cell>
std::uint64_t KeyCounts<Cell>::key_of(Place place) noexcept {
  std::uint64_t mixed = place.cell;
  if (key_bits < 64) mixed |= std::uint64_t{place.partition} << (key_bits - partition_bits);
  return mixed * inverse_of(key_multiplier) << (64 - key_bits) >> (64 - key_bits);
}

template <class Cell>
KeyCounts<Cell>::KeyCounts(const CountLimits& limits)
    : limits_(limits), most_cells_(std::max<std::uint64_t>(1, limits.bytes / sizeof(Cell))) {}

template <class Cell>
void KeyCounts<Cell>::take_chunk(std::size_t partition) {
  const std::uint32_t chunk = arena_.take();
  if (chunk >= previous_chunk_.size()) previous_chunk_.resize(chunk + 1);
  previous_chunk_[chunk] = partitions_[partition].last_chunk;
  partitions_[partition].last_chunk = chunk;
  ends_[partition] = reinterpret_cast<Cell*>(arena_[chunk]);
}

template <class Cell>
void KeyCounts<Cell>::start_partitions() {
  partitions_.resize(partitions, Partition{no_chunk, {}});
  ends_.resize(partitions);
  for (std::size_t p = 0; p < partitions; ++p) take_chunk(p);
}

template <class Cell>
void KeyCounts<Cell>::put(const Place& place) {
  Cell* end = ends_[place.partition];
  *end = place.cell;
  ends_[place.partition] = ++end;
  __builtin_prefetch(end + cache_line_bytes / sizeof(Cell), 1);
  const auto address = reinterpret_cast<std::uintptr_t>(end);
  if (address % ChunkArena::chunk_bytes == 0) take_chunk(place.partition);
}

template <class Cell>
void KeyCounts<Cell>::distribute(std::span<const std::uint64_t> keys) {
  if (partitions_.empty()) start_partitions();
  for (const std::uint64_t key : keys) put(place_of(key));
  cells_ += keys.size();
}

template <class Cell>
void KeyCounts<Cell>::add(std::span<const std::uint64_t> keys) {
  if (partitions_.empty() &&
      collected_.size() + keys.size() <= std::min<std::uint64_t>(most_collected, most_cells_)) {
    collected_.insert(collected_.end(), keys.begin(), keys.end());
    return;
  }
  distribute(collected_);
  collected_.clear();
  // In portions, so that the limit holds for keys that come all at once.
  while (!keys.empty()) {
    const auto portion = keys.first(std::min(keys.size(), most_collected));
    distribute(portion);
    if (cells_ >= most_cells_) keep_limit();
    keys = keys.subspan(portion.size());
  }
}

template <class Cell>
void KeyCounts<Cell>::add_pieces(std::size_t partition,
                                 std::vector<std::span<const Cell>>& pieces) const {
  constexpr std::size_t chunk_cells = ChunkArena::chunk_bytes / sizeof(Cell);
  const Cell* end = ends_[partition];
  for (std::uint32_t chunk = partitions_[partition].last_chunk; chunk != no_chunk;
       chunk = previous_chunk_[chunk]) {
    const Cell* const start = reinterpret_cast<const Cell*>(arena_[chunk]);
    pieces.emplace_back(start, end == nullptr ? start + chunk_cells : end);
    end = nullptr;
  }
}

template <class Cell>
Result<void> KeyCounts<Cell>::gather(std::size_t partition, Gathered& gathered) const {
  gathered.pieces.clear();
  gathered.counted.clear();
  if (!partitions_.empty()) {
    gathered.counted = partitions_[partition].counted;
    add_pieces(partition, gathered.pieces);
  }
  std::size_t total = 0;
  for (const Run& run : runs_) total += run.cells[partition] + run.counted[partition];
  gathered.read.resize(total);
  Cell* cells = gathered.read.data();
  for (const Run& run : runs_) {
    const std::size_t plain = run.cells[partition];
    const std::size_t counted = run.counted[partition];
    const std::size_t size = (plain + counted) * sizeof(Cell);
    const std::uint64_t start = run.starts[partition];
    gathered.counts.resize(counted);
    Result<void> read = run.file->read(start, cells, size);
    if (read) {
      read = run.file->read(start + size, gathered.counts.data(),
                            counted * sizeof(gathered.counts[0]));
    }
    if (!read) return read;
    gathered.pieces.emplace_back(cells, plain);
    for (std::size_t i = 0; i < counted; ++i) {
      gathered.counted.emplace_back(cells[plain + i], gathered.counts[i]);
    }
    cells += plain + counted;
  }
  return {};
}

template <class Cell>
template <class Use>
Result<void> KeyCounts<Cell>::visit(const Use& use) const {
  if (collected_.empty() && partitions_.empty() && runs_.empty()) return {};
  std::vector<std::vector<Cell>> collected(collected_.empty() ? 0 : partitions);
  for (const std::uint64_t key : collected_) {
    const Place place = place_of(key);
    collected[place.partition].push_back(place.cell);
  }
  Gathered gathered;
  for (std::size_t p = 0; p < partitions; ++p) {
    if (Result<void> read = gather(p, gathered); !read) return read;
    if (!collected.empty()) gathered.pieces.emplace_back(collected[p]);
    use(p, gathered);
  }
  return {};
}

template <class Cell>
void KeyCounts<Cell>::clear(std::size_t partition) {
  std::uint32_t& chunk = partitions_[partition].last_chunk;
  while (chunk != no_chunk) {
    arena_.give_back(chunk);
    chunk = previous_chunk_[chunk];
  }
  partitions_[partition].counted.clear();
  take_chunk(partition);
}

template <class Cell>
void KeyCounts<Cell>::clear() {
  collected_.clear();
  for (std::size_t p = 0; p < partitions_.size(); ++p) clear(p);
  cells_ = 0;
  counted_ = 0;
}

template <class Cell>
std::uint64_t KeyCounts<Cell>::kept_bytes() const noexcept {
  return cells_ * sizeof(Cell) + counted_ * sizeof(Counted);
}

template <class Cell>
void KeyCounts<Cell>::compact() {
  Counter counter;
  std::vector<std::span<const Cell>> pieces;
  cells_ = 0;
  counted_ = 0;
  for (std::size_t p = 0; p < partitions; ++p) {
    pieces.clear();
    add_pieces(p, pieces);
    counter.count(pieces, partitions_[p].counted);
    clear(p);
    partitions_[p].counted.assign(counter.repeated().begin(), counter.repeated().end());
    const std::vector<Cell>& singles = counter.singles();
    for (const Cell cell : singles) put({p, cell});
    cells_ += singles.size();
    counted_ += counter.repeated().size();
  }
}

template <class Cell>
void KeyCounts<Cell>::forget_rarest() {
  std::vector<std::uint64_t> frequencies;
  for (const Partition& partition : partitions_) {
    for (const Counted& entry : partition.counted) frequencies.push_back(entry.second);
  }
  const auto most_kept = static_cast<std::size_t>(
      std::min<std::uint64_t>(limits_.bytes / 4 / sizeof(Counted), frequencies.size()));
  std::uint64_t limit = 1;
  if (most_kept < frequencies.size()) {
    const auto last = frequencies.begin() + static_cast<std::ptrdiff_t>(most_kept);
    std::nth_element(frequencies.begin(), last, frequencies.end(), std::greater<>());
    limit = *last;
  }
  cells_ = 0;
  counted_ = 0;
  for (std::size_t p = 0; p < partitions; ++p) {
    std::vector<Counted> counted = std::move(partitions_[p].counted);
    std::erase_if(counted, [&](const Counted& entry) { return entry.second <= limit; });
    clear(p);
    counted_ += counted.size();
    partitions_[p].counted = std::move(counted);
  }
  undercount_ += limit;
}

template <class Cell>
Result<void> KeyCounts<Cell>::spill() {
  if (!file_) {
    Result<std::shared_ptr<SpillFile>> file = SpillFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    file_ = std::move(*file);
  }
  Run run{file_, {}, {}, {}};
  std::vector<std::span<const Cell>> pieces;
  std::vector<Cell> keys;
  std::vector<std::uint64_t> counts;
  for (std::size_t p = 0; p < partitions; ++p) {
    pieces.clear();
    add_pieces(p, pieces);
    keys.clear();
    counts.clear();
    for (const auto piece : pieces) keys.insert(keys.end(), piece.begin(), piece.end());
    run.starts.push_back(file_->size());
    run.cells.push_back(keys.size());
    run.counted.push_back(partitions_[p].counted.size());
    for (const auto& [cell, count] : partitions_[p].counted) {
      keys.push_back(cell);
      counts.push_back(count);
    }
    Result<void> written = file_->append(keys.data(), keys.size() * sizeof(Cell));
    if (written) written = file_->append(counts.data(), counts.size() * sizeof(counts[0]));
    if (!written) return written;
  }
  if (Result<void> written = file_->flush(); !written) return written;
  runs_.push_back(std::move(run));
  for (std::size_t p = 0; p < partitions; ++p) clear(p);
  cells_ = 0;
  counted_ = 0;
  return {};
}

template <class Cell>
void KeyCounts<Cell>::keep_limit() {
  compact();
  if (kept_bytes() > limits_.bytes / 2) {
    if (limits_.approximate || !can_spill) {
      forget_rarest();
    } else if (Result<void> spilled = spill(); !spilled) {
      failure_ = std::move(spilled.error());
      most_cells_ = UINT64_MAX;
      return;
    }
  }
  const std::uint64_t counted_bytes = counted_ * sizeof(Counted);
  const std::uint64_t free_bytes = limits_.bytes - std::min(limits_.bytes, counted_bytes);
  most_cells_ = std::max(cells_ + 1, free_bytes / sizeof(Cell));
}

template <class Cell>
void KeyCounts<Cell>::merge(const KeyCounts& other) {
  runs_.insert(runs_.end(), other.runs_.begin(), other.runs_.end());
  undercount_ += other.undercount_;
  if (other.failure_) failure_ = other.failure_;
  std::vector<std::span<const Cell>> pieces;
  for (std::size_t p = 0; p < other.partitions_.size(); ++p) {
    if (partitions_.empty()) start_partitions();
    const std::vector<Counted>& counted = other.partitions_[p].counted;
    partitions_[p].counted.insert(partitions_[p].counted.end(), counted.begin(), counted.end());
    counted_ += counted.size();
    pieces.clear();
    other.add_pieces(p, pieces);
    for (const auto piece : pieces) {
      for (const Cell cell : piece) put({p, cell});
      cells_ += piece.size();
    }
    if (cells_ >= most_cells_) keep_limit();
  }
  add(other.collected_);
}

template <class Cell>
void KeyCounts<Cell>::exchange(StateArchive& archive) {
  std::vector<std::uint64_t> keys;
  std::vector<Entry> entries;
  if (!archive.reads()) {
    const Result<void> read = visit([&](std::size_t partition, const Gathered& gathered) {
      for (const auto piece : gathered.pieces) {
        for (const Cell cell : piece) keys.push_back(key_of({partition, cell}));
      }
      for (const auto& [cell, count] : gathered.counted) {
        entries.emplace_back(key_of({partition, cell}), count);
      }
    });
    if (!read) failure_ = read.error();
  }
  archive(undercount_, keys, entries);
  if (!archive.reads()) return;
  const std::uint64_t undercount = undercount_;
  *this = KeyCounts(limits_);
  undercount_ = undercount;
  const auto fits = [](std::uint64_t key) { return key_bits == 64 || key >> (key_bits - 1) <= 1; };
  if (!std::all_of(keys.begin(), keys.end(), fits)) return archive.refuse();
  add(keys);
  if (!entries.empty() && partitions_.empty()) start_partitions();
  for (const auto& [key, count] : entries) {
    if (!fits(key) || count == 0) return archive.refuse();
    const Place place = place_of(key);
    partitions_[place.partition].counted.emplace_back(place.cell, count);
    ++counted_;
  }
}

template <class Cell>
Result<std::vector<typename KeyCounts<Cell>::Entry>> KeyCounts<Cell>::most_common(
    std::size_t top) const {
  BestEntries<Entry> best(top);
  if (top == 0) return std::vector<Entry>();
  Counter counter;
  const Result<void> read = visit([&](std::size_t partition, const Gathered& gathered) {
    const std::uint64_t least = best.full() ? std::max<std::uint64_t>(2, best.worst().second) : 2;
    counter.count(gathered.pieces, gathered.counted, least);
    for (const auto& [cell, count] : counter.repeated()) {
      if (best.takes(count)) best.offer({key_of({partition, cell}), count});
    }
    if (!best.full()) {
      for (const Cell cell : counter.singles()) best.offer({key_of({partition, cell}), 1});
    } else if (best.worst().second == 1) {
      // Few of the keys that occur once are smaller than all that were met before.
      const auto offer_single = [&](Cell cell) {
        const std::uint64_t key = key_of({partition, cell});
        if (key < best.worst().first && counter.is_single(cell)) best.offer({key, 1});
      };
      for (const auto piece : gathered.pieces) {
        for (const Cell cell : piece) offer_single(cell);
      }
      for (const auto& [cell, count] : gathered.counted) {
        if (count == 1) offer_single(cell);
      }
    }
  });
  if (!read) return tl::unexpected(read.error());
  return std::move(best).sorted();
}

template <class Cell>
Result<void> KeyCounts<Cell>::visit_counts(const std::function<void(const Entry&)>& use) const {
  Counter counter;
  return visit([&](std::size_t partition, const Gathered& gathered) {
    counter.count(gathered.pieces, gathered.counted);
    for (const auto& [cell, count] : counter.repeated()) {
      use({key_of({partition, cell}), count});
    }
    for (const Cell cell : counter.singles()) use({key_of({partition, cell}), 1});
  });
}

template <class Cell>
Result<std::uint64_t> KeyCounts<Cell>::distinct() const {
  std::uint64_t sum = 0;
  Counter counter;
  const Result<void> read = visit([&](std::size_t, const Gathered& gathered) {
    counter.count(gathered.pieces, gathered.counted);
    sum += counter.distinct();
  });
  if (!read) return tl::unexpected(read.error());
  return sum;
}

template class KeyCounts<std::uint32_t>;
template class KeyCounts<std::uint64_t>;

}  // namespace synthgen
