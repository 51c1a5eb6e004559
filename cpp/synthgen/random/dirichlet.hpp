#pragma once

#include "synthgen/random/stream.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// Draws from the symmetric Dirichlet distribution, the same on every platform: gamma draws by
/// Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26 (2000), in
/// portable arithmetic, normal ones by Marsaglia's polar method.
///
/// Row r reads words 4·(r·size + i) … + 3 of a stream for its component i, rejected draws with
/// further attempts at the same place, so that no draw moves another. Uniform numbers have 32 bits.
class DirichletRows {
 public:
  /// `size` components to a row, each with concentration `alpha`, at least 0.01. Rows are below
  /// 2^26 / size.
  DirichletRows(std::uint32_t size, double alpha);

  /// The row: positive or 0, at least one of them 1 (not divided by their sum). Components below
  /// 2^−1021 of the largest are 0.
  std::vector<double> draw(const WordStream& words, std::uint64_t row) const;

 private:
  double log2_gamma(const WordStream& words, std::uint64_t position) const;

  std::uint32_t size_;
  double alpha_;
  double d_;  ///< of Marsaglia and Tsang's method, for alpha or, below 1, alpha + 1
  double c_;
};

}  // namespace synthgen
