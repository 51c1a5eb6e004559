#pragma once

// How counts take over another's: part of key_counts.cpp, which instantiates it.

#include "synthgen/analyze/counting/key_counts.hpp"

#include <utility>

namespace synthgen {

/// Adds a chain of chunks to a partition. The last chunk is filled up to `end`, the others wholly.
template <class Cell>
void KeyCounts<Cell>::absorb_chunks(std::size_t partition, std::uint32_t last_chunk,
                                    const Cell* end) {
  const auto* const start = reinterpret_cast<const Cell*>(arena_[last_chunk]);
  for (const Cell* cell = start; cell != end; ++cell) put({partition, *cell});
  const std::uint32_t full = previous_chunk_[last_chunk];
  arena_.give_back(last_chunk);
  if (full == no_chunk) return;
  std::uint32_t oldest = full;
  while (previous_chunk_[oldest] != no_chunk) oldest = previous_chunk_[oldest];
  previous_chunk_[oldest] = std::exchange(previous_chunk_[partitions_[partition].last_chunk], full);
}

template <class Cell>
void KeyCounts<Cell>::absorb(KeyCounts&& other) {
  if (other.partitions_.empty()) {
    merge(other);
    other = KeyCounts(other.limits_);
    return;
  }
  runs_.insert(runs_.end(), other.runs_.begin(), other.runs_.end());
  undercount_ += other.undercount_;
  if (other.failure_) failure_ = other.failure_;
  if (partitions_.empty()) start_partitions();
  const std::uint32_t offset = arena_.absorb(std::move(other.arena_));
  const auto moved = [&](std::uint32_t chunk) {
    return chunk == no_chunk ? chunk : chunk + offset;
  };
  previous_chunk_.resize(offset);
  for (const std::uint32_t chunk : other.previous_chunk_) previous_chunk_.push_back(moved(chunk));
  for (std::size_t p = 0; p < partitions; ++p) {
    absorb_chunks(p, moved(other.partitions_[p].last_chunk), other.ends_[p]);
    const std::vector<Counted>& counted = other.partitions_[p].counted;
    partitions_[p].counted.insert(partitions_[p].counted.end(), counted.begin(), counted.end());
  }
  cells_ += other.cells_;
  counted_ += other.counted_;
  if (cells_ >= most_cells_) keep_limit();
  add(other.collected_);
  other = KeyCounts(other.limits_);
}

}  // namespace synthgen
