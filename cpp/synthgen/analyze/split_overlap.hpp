#pragma once

#include "synthgen/analyze/state_archive.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {

/// Which sequences of one split occur, token for token, in another: what a model was trained on
/// should not judge it. Holds the 128-bit XXH3 hash of each different sequence of a split, 24
/// bytes: two different ones among 10^9 share a hash with probability below 10^-20, so counts are
/// exact. Batches come in any order; empty sequences are left out.
class SplitOverlap {
 public:
  void add(std::string_view split, const SequenceBatch& batch);
  void merge(const SplitOverlap& other);
  void exchange(StateArchive& archive);

  /// Whether a split has that sequence.
  bool contains(std::string_view split, std::span<const std::uint32_t> sequence);

  /// For each two splits, in the order train, val, test and others by name: how many sequences of
  /// the second occur in the first, and their share of the second. Empty for under two splits.
  ///
  /// Example: {"train/val": {"sequences": 3, "share": 0.003}}
  Json report();

 private:
  using Hash = std::array<std::uint64_t, 2>;
  using Counted = std::pair<Hash, std::uint64_t>;

  struct Sequences {
    std::vector<Counted> counts;  ///< by ascending hash up to `sorted`, then in any order
    std::uint64_t sorted = 0;

    void add(const Counted& counted);
    void sort();
    void exchange(StateArchive& archive);
  };

  std::map<std::string, Sequences, std::less<>> splits_;
};

}  // namespace synthgen
