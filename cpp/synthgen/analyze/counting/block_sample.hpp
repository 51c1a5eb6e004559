#pragma once

#include "synthgen/analyze/counting/smallest_keys.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace synthgen {

/// A piece of a sequence: up to 4096 tokens of its own, after up to 64 tokens of the piece before
/// it, its lead, so that no pair of tokens across the boundary is lost.
struct TokenBlock {
  std::vector<std::uint32_t> tokens;
  std::uint64_t lead = 0;  ///< number of tokens in the lead

  std::uint64_t cost() const noexcept { return tokens.size() + 32; }
  void exchange(StateArchive& archive) { archive(tokens, lead); }
};

/// All blocks of the data, or those with the smallest hashes of their content that fit a budget.
/// Equal blocks are kept once and counted. Sequences of fewer than 2 tokens are left out.
class BlockSample {
 public:
  static constexpr std::size_t block_size = 4096;
  static constexpr std::size_t longest_lead = 64;
  using Hash = std::array<std::uint64_t, 2>;
  using Blocks = SmallestKeys<Hash, TokenBlock>;

  /// `budget` in tokens; a block costs its tokens and 32 more.
  explicit BlockSample(std::uint64_t budget) : blocks_(budget) {}

  void add(std::span<const std::uint32_t> sequence);
  void merge(const BlockSample& other) { blocks_.merge(other.blocks_); }
  void exchange(StateArchive& archive);

  /// By ascending hash.
  const std::map<Hash, Blocks::Entry>& blocks() const noexcept { return blocks_.entries(); }
  /// Whether no block was left out.
  bool is_complete() const noexcept { return blocks_.is_complete(); }
  /// The kept blocks' own tokens, counted as often as they occur in the data.
  std::uint64_t tokens() const noexcept;

 private:
  Blocks blocks_;
};

}  // namespace synthgen
