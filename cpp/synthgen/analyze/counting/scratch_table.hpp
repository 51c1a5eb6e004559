#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// A value for each 32-bit id, 0 at first and again after `forget`: an array for small ids, a hash
/// table for the others. Passes over one sequence after another keep its memory.
template <class Value>
class ScratchTable {
 public:
  Value& operator[](std::uint32_t id) {
    if (id >= dense_limit) return sparse_[id];
    if (id >= dense_.size()) dense_.resize(id + 1);
    return dense_[id];
  }

  /// Sets the values of these ids back to 0.
  template <class Ids>
  void forget(const Ids& ids) {
    for (const std::uint32_t id : ids) {
      if (id < dense_.size()) dense_[id] = Value();
    }
    sparse_.clear();
  }

 private:
  static constexpr std::uint32_t dense_limit = 1U << 20;

  std::vector<Value> dense_;
  std::unordered_map<std::uint32_t, Value> sparse_;
};

/// The last position of each id in a sequence, for one sequence after another: a new sequence
/// starts without clearing what the earlier ones left.
class LastPlaces {
 public:
  /// Begins a sequence of `size` tokens.
  void begin(std::size_t size) {
    base_ = next_;
    if (size >= std::numeric_limits<std::uint32_t>::max() - base_) {
      std::fill(dense_.begin(), dense_.end(), 0);
      base_ = 1;
    }
    next_ = base_ + static_cast<std::uint32_t>(size);
    sparse_.clear();
  }

  /// Distance from position `t` back to the id's last position, 0 if there is none; the id's last
  /// position is then `t`.
  std::size_t distance(std::uint32_t id, std::size_t t) {
    std::uint32_t& place = id < dense_limit ? dense_place(id) : sparse_[id];
    const std::uint32_t here = base_ + static_cast<std::uint32_t>(t);
    const std::uint32_t before = place;
    place = here;
    return before >= base_ ? here - before : 0;
  }

  /// Writes that distance for each token of a sequence to the start of `gaps`.
  void find_gaps(std::span<const std::uint32_t> sequence, std::span<std::uint32_t> gaps) {
    begin(sequence.size());
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      gaps[t] = static_cast<std::uint32_t>(distance(sequence[t], t));
    }
  }

 private:
  static constexpr std::uint32_t dense_limit = 1U << 20;

  std::uint32_t& dense_place(std::uint32_t id) {
    if (id >= dense_.size()) dense_.resize(std::size_t{id} + 1);
    return dense_[id];
  }

  std::uint32_t base_ = 1;  ///< the place of the sequence's first token
  std::uint32_t next_ = 1;  ///< the place after its last token
  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::uint32_t, std::uint32_t> sparse_;
};

}  // namespace synthgen
