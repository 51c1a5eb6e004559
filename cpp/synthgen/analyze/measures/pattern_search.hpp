#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// Where ids occurred last in a sequence, for one sequence after another: what was noted in earlier
/// ones counts as nothing, without being cleared.
class LastPlaces {
 public:
  /// Begins a sequence of `size` tokens.
  void begin(std::size_t size);

  /// How far before position `t` the id stood last, 0 if nowhere; notes that it stands there now.
  std::size_t distance(std::uint32_t id, std::size_t t) {
    std::uint32_t& place = id < dense_limit ? dense_place(id) : sparse_[id];
    const std::uint32_t here = base_ + static_cast<std::uint32_t>(t);
    const std::uint32_t before = place;
    place = here;
    return before >= base_ ? here - before : 0;
  }

 private:
  static constexpr std::uint32_t dense_limit = 1U << 20;

  std::uint32_t& dense_place(std::uint32_t id) {
    if (id >= dense_.size()) dense_.resize(std::size_t{id} + 1);
    return dense_[id];
  }

  std::uint32_t base_ = 1;  ///< the place of the sequence's first token
  std::uint32_t next_ = 1;  ///< the place behind its last
  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::uint32_t, std::uint32_t> sparse_;
};

/// Answers whether a sequence has any run that PatternDetector finds, without finding all.
class PatternSearch {
 public:
  bool operator()(std::span<const std::uint32_t> sequence);

 private:
  bool has_repetition(std::span<const std::uint32_t> sequence);

  LastPlaces last_;
};

}  // namespace synthgen
