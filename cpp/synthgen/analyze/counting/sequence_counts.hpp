#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// Bits of the largest id; 0 without ids.
unsigned bits_of_ids(std::span<const std::uint32_t> sequence) noexcept;

/// A summary of the counts of the ids in one sequence.
struct CountSummary {
  std::uint64_t largest = 0;  ///< the most frequent id's; 0 for an empty sequence
  /// Shannon entropy of the counts, H = −Σ p log2 p: 0 for an empty or constant sequence, log2 L
  /// if all L tokens differ. The same on every platform.
  double entropy_bits = 0;
};

/// Counts the ids of one sequence after another; keeps its scratch memory between calls.
class SequenceCounter {
 public:
  CountSummary operator()(std::span<const std::uint32_t> sequence);
  /// The same if the bits of the largest id are known.
  CountSummary operator()(std::span<const std::uint32_t> sequence, unsigned id_bits);

 private:
  static constexpr unsigned dense_bits = 20;

  CountSummary count_sorted(std::span<const std::uint32_t> sequence);

  std::vector<std::uint16_t> short_counts_;  ///< by id; all 0 between calls
  std::vector<std::uint32_t> counts_;        ///< the same, for sequences of 2^16 tokens and more
  std::vector<std::uint32_t> sorted_;        ///< of a sequence with an id of more than `dense_bits`
};

}  // namespace synthgen
