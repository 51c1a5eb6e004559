#pragma once

#include "synthgen/random/kernels/philox.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace synthgen {

/// The part of the counter that all words of one stream have in common, and the key.
struct StreamAddress {
  PhiloxKey key;
  std::uint32_t purpose;  ///< counter word 1: attempt, substream and split
  std::uint32_t index_low;
  std::uint32_t index_high;
};

/// Draws at consecutive positions that have a decision each: where decisions[i] is at most `last`,
/// values[i] becomes first + ⌊words[i]·range / 2^32⌋; elsewhere it stays.
struct MaskedDraws {
  const std::uint32_t* words;
  const std::uint32_t* decisions;
  std::uint32_t last;
  std::uint32_t first;
  std::uint32_t range;
  std::uint32_t reject_below;  ///< the low halves of accepted products are at least this
  std::uint32_t* values;
  std::size_t count;
};

/// Whole groups of 64 words of a stream at once, as one kind of vector unit computes them. In a
/// group that starts at block b, word t lies in block b + t % 16, at word t / 16 of it. Equal
/// results for every kind.
struct WordKernels {
  const char* name;  ///< "scalar", "AVX2" …

  /// Writes the words of `groups` groups, the first of which starts at `first_block`.
  void (*words)(const StreamAddress& address, std::uint32_t first_block, std::uint32_t* words,
                std::size_t groups);

  /// Writes ⌊word·range / 2^32⌋ for the same words. Returns whether the low half of every product
  /// is at least `reject_below`; otherwise the caller repeats the draws one by one.
  bool (*products)(const StreamAddress& address, std::uint32_t first_block, std::uint32_t range,
                   std::uint32_t reject_below, std::uint32_t* values, std::size_t groups);

  /// Returns whether all draws that it made are accepted; otherwise the caller repeats them one by
  /// one.
  bool (*draw_where)(const MaskedDraws& draws);
};

/// The fastest that this processor has.
const WordKernels& word_kernels() noexcept;

/// All that this processor has, the scalar one first and the fastest last.
std::span<const WordKernels> all_word_kernels() noexcept;

/// Makes kernels that were loaded at run time the fastest, for as long as the program runs. Not
/// while another thread draws. Ignored where there are too many.
void add_word_kernels(const WordKernels& kernels) noexcept;

}  // namespace synthgen
