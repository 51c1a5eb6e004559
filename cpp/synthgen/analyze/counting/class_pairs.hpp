#pragma once

#include "synthgen/analyze/counting/block_sample.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Estimates in bits from pairs of ids at a distance, with the correction of Miller and Madow
/// (1955) for the bias of an entropy from few observations in many cells: (cells used − 1) / (2 n
/// ln 2). Independent ids give values around 0, also below it.
struct Dependence {
  double mutual_information = 0;   ///< H(X) + H(Y) − H(X, Y)
  double conditional_entropy = 0;  ///< H(Y | X) = H(X, Y) − H(X)
};

/// Blocks of tokens as classes: up to 63 ids have a class of their own, all others share one.
class ClassPairs {
 public:
  static constexpr std::size_t classes = 64;

  /// `own_classes`: the ids with a class of their own.
  ClassPairs(const BlockSample& sample, std::span<const std::uint32_t> own_classes);

  /// The same blocks with all their tokens in a random order, the same one every time. If blocks
  /// occur more than once, each occurrence has its own random tokens.
  ClassPairs shuffled() const;

  /// Estimates from the pairs at this distance (1 … 64), weighted by how often their block occurs;
  /// empty if there are no pairs.
  std::optional<Dependence> at(std::size_t distance);

  /// Standard errors of the estimates of `at` if the blocks are a sample: the jackknife over 16
  /// groups of blocks (Tukey 1958). None for fewer than two blocks with a pair.
  std::optional<Dependence> standard_errors(std::size_t distance);

 private:
  struct Block {
    std::size_t start;  ///< where its lead begins among the classes
    std::size_t lead;
    std::size_t end;
    std::uint64_t times;
  };
  /// How often each class occurs before each other class.
  template <class Count>
  using Table = std::array<Count, classes * classes>;

  /// Adds the block's pairs to the table; many pairs go to it and to a second table in turn.
  template <class Count>
  void count(const Block& block, std::size_t distance, Table<Count>& table,
             Table<Count>& odd) const;
  template <class Count>
  std::optional<Dependence> estimate(std::size_t distance);
  std::optional<Dependence> estimate(const Table<std::uint64_t>& table);
  /// c·log2 c.
  double term(std::uint64_t count);

  std::vector<std::uint8_t> classes_;
  std::vector<Block> blocks_;
  bool weighted_ = false;  ///< some block occurs more than once
  std::vector<double> terms_;
};

}  // namespace synthgen
