#pragma once

#include "synthgen/analyze/block_sample.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// Estimates in bits from pairs of ids at a distance, with the correction of Miller and Madow
/// (1955) for what few observations in many cells take from an entropy: (cells used − 1) / (2 n ln
/// 2). Independent ids give values around 0, below it too.
struct Dependence {
  double mutual_information = 0;   ///< H(X) + H(Y) − H(X, Y)
  double conditional_entropy = 0;  ///< H(Y | X) = H(X, Y) − H(X)
};

/// Blocks of tokens as classes: the 63 ids that are commonest in them (of equally common ones the
/// smaller) have their own, all others share one.
class ClassPairs {
 public:
  static constexpr std::size_t classes = 64;

  explicit ClassPairs(const BlockSample& sample);

  /// The same blocks with all their tokens in a random order, the same one every time; where blocks
  /// occur more than once, with independent draws from the tokens as often as they occur.
  ClassPairs shuffled() const;

  /// From the pairs (t, t + distance) of the blocks, each as often as its block occurs; distance is
  /// 1 … 64. None where there is no pair.
  std::optional<Dependence> at(std::size_t distance);

 private:
  struct Block {
    std::size_t start;  ///< where its lead begins among the classes
    std::size_t lead;
    std::size_t end;
    std::uint64_t times;
  };
  template <class Count>
  using Table = std::array<Count, classes * classes>;

  template <class Count>
  std::optional<Dependence> estimate(std::size_t distance);
  /// c·log2 c.
  double term(std::uint64_t count);

  std::vector<std::uint8_t> classes_;
  std::vector<Block> blocks_;
  bool weighted_ = false;  ///< some block occurs more than once
  std::vector<double> terms_;
};

}  // namespace synthgen
