#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace synthgen {

/// A sketch of the set of a sequence's 3-grams: the share of rows in which two sketches agree
/// estimates the Jaccard similarity J of their sets (3-grams in both / in either), with a standard
/// deviation of √(J (1 − J) / 64), larger for sets of fewer than 64.
///
/// One permutation, 64 bins: Li, Owen, Zhang, "One Permutation Hashing", NIPS 2012; empty bins take
/// the value of others: Shrivastava, "Optimal Densification for Fast and Accurate Minwise Hashing",
/// ICML 2017.
struct MinHash {
  static constexpr std::size_t rows = 64;
  static constexpr std::size_t shingle = 3;

  std::array<std::uint16_t, rows> row{};
  /// The smallest hash of a 3-gram: sets of similarity J have the same one with probability J.
  std::uint64_t smallest = 0;

  /// Of a sequence of at least 3 tokens.
  static MinHash of(std::span<const std::uint32_t> sequence);

  std::size_t rows_shared_with(const MinHash& other) const noexcept;
  void exchange(StateArchive& archive) { archive(row, smallest); }
};

}  // namespace synthgen
