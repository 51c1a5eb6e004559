#pragma once

#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// A distribution over ids that is uniform on a few bands but for single ids that have a
/// probability of their own: asking for one id costs the same however large the vocabulary is.
class SparseLaw {
 public:
  /// No id has a probability.
  void clear();

  /// Each id of a band has that probability. Bands do not overlap.
  void spread(const Band& band, double each);

  /// One id has that probability, whatever band it lies in.
  void set(std::uint32_t id, double probability);

  /// Adds to the probability that `set` gave an id, or to 0.
  void add(std::uint32_t id, double probability);

  double probability(std::uint32_t id) const;

  /// Writes the probability of ids 0, 1, …
  void fill(std::span<double> probabilities) const;

  double entropy_bits() const;

 private:
  struct Spread {
    Band band;
    double each;
  };
  std::vector<Spread> spreads_;
  std::unordered_map<std::uint32_t, double> single_;
};

}  // namespace synthgen
