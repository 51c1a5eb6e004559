#pragma once

#include "synthgen/analyze/counting/scratch_table.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Counts the different n-grams of one sequence after another, for n = 1 … 4; keeps its scratch
/// memory between calls.
class DistinctNgrams {
 public:
  static constexpr std::size_t longest = 4;

  /// By n − 1; 0 if the sequence has fewer than n tokens.
  using Counts = std::array<std::uint64_t, longest>;

  /// `gaps` as in `MeasuredBatch`. At most 2^30 tokens.
  Counts operator()(std::span<const std::uint32_t> sequence, std::span<const std::uint32_t> gaps);

 private:
  static std::optional<Counts> by_earlier_places(std::span<const std::uint32_t> sequence,
                                                 std::span<const std::uint32_t> gaps);
  Counts by_table(std::span<const std::uint32_t> sequence);

  struct Slot {
    std::uint64_t key = 0;  ///< numbers of the n-gram but its last token, and of that token; or 0
    std::uint32_t number = 0;
  };
  std::uint32_t number_of(std::uint64_t key, std::uint32_t next);

  ScratchTable<std::uint32_t> token_number_;
  std::vector<Slot> slots_;  ///< a power of two of them
};

}  // namespace synthgen
