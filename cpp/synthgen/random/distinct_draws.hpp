#pragma once

#include "synthgen/random/bounded.hpp"

#include <cstdint>
#include <unordered_map>

namespace synthgen {

/// Uniform draws without replacement from 0 … size − 1, as from a deck whose last card takes the
/// place of each card drawn. Draw j reads the words at position `first + j`, so that more draws
/// leave the ones before them alone. Costs memory for what was drawn only.
class DistinctDraws {
 public:
  DistinctDraws(const WordStream& words, std::uint32_t size, std::uint64_t first = 0)
      : words_(words), left_(size), position_(first) {}

  /// The next draw; at most `size` of them.
  std::uint32_t next() {
    const std::uint32_t place = Bounded(left_).draw(words_, position_++);
    const std::uint32_t drawn = card(place);
    --left_;
    moved_[place] = card(left_);
    return drawn;
  }

 private:
  std::uint32_t card(std::uint32_t place) const {
    const auto found = moved_.find(place);
    return found == moved_.end() ? place : found->second;
  }

  WordStream words_;
  std::uint32_t left_;
  std::uint64_t position_;
  std::unordered_map<std::uint32_t, std::uint32_t> moved_;
};

}  // namespace synthgen
