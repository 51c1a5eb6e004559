#pragma once

#include "synthgen/analyze/counting/scratch_table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// The exhaustive history of a sequence after Lempel and Ziv 1976: each phrase is the shortest
/// piece that has not occurred before, where an occurrence may overlap it; the last one may have.
struct PhraseCount {
  std::uint64_t phrases = 0;  ///< 0 for an empty sequence, 2 for a constant one, L at most
  std::uint64_t different_ids = 0;

  friend bool operator==(const PhraseCount&, const PhraseCount&) = default;
};

/// Counts phrases of one sequence after another; keeps its scratch memory between calls. Time grows
/// in proportion to the length. At most 2^32 − 2 tokens.
///
/// Example: 0001101001000101 is 0·001·10·100·1000·101, six phrases.
class PhraseCounter {
 public:
  PhraseCount operator()(std::span<const std::uint32_t> sequence);
  /// The same where its `gaps`, as in `MeasuredBatch`, are known.
  PhraseCount operator()(std::span<const std::uint32_t> sequence,
                         std::span<const std::uint32_t> gaps);

 private:
  void rank_ids(std::span<const std::uint32_t> sequence);
  void find_neighbours();
  std::size_t longest_by_neighbours(std::size_t position) const;

  ScratchTable<std::uint32_t> rank_of_;  ///< plus 1
  std::vector<std::uint32_t> sorted_ids_;
  std::vector<std::uint32_t> ranks_;  ///< of the ids, from 0 up
  std::uint32_t different_ids_ = 0;
  LastPlaces last_places_;
  std::vector<std::uint32_t> gaps_;
  /// For each position the earlier ones whose suffixes come next before and after its own in
  /// lexicographic order.
  std::vector<std::uint32_t> before_;
  std::vector<std::uint32_t> after_;
};

/// Size of the alphabet that complexities are normalised with: min(V, L) of a sequence of L tokens,
/// where V is `vocab_size` or, where that is not known, the number of different ids in it.
double alphabet_size(std::size_t length, std::uint64_t different_ids,
                     std::optional<std::int64_t> vocab_size);

/// Lempel–Ziv complexity in [0, 1]: c log_k(L) / L for c phrases and an alphabet of k ids, at most
/// 1; random sequences come close to 1, repetitive ones to 0. 0 where k is under 2. Source: Lempel,
/// Ziv, "On the Complexity of Finite Sequences", IEEE Transactions on Information Theory 22 (1976).
double lz_complexity(std::span<const std::uint32_t> sequence,
                     std::optional<std::int64_t> vocab_size = std::nullopt);
/// The same of a sequence of so many tokens whose phrases are counted.
double lz_complexity(const PhraseCount& count, std::size_t size,
                     std::optional<std::int64_t> vocab_size);

/// Entropy complexity in [0, 1]: H / log2 k with the entropy H of the token counts in bits and an
/// alphabet of k ids. 0 where k is under 2.
double entropy_complexity(std::span<const std::uint32_t> sequence,
                          std::optional<std::int64_t> vocab_size = std::nullopt);
/// The same of a sequence of so many tokens whose entropy is known.
double entropy_complexity(double entropy_bits, std::size_t length, std::int64_t vocab_size);

}  // namespace synthgen
