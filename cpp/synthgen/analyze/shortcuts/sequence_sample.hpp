#pragma once

#include "synthgen/analyze/counting/smallest_keys.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// A sequence without its padding, and its labels if it has some.
struct SampledSequence {
  std::vector<std::uint32_t> tokens;
  std::vector<std::int64_t> labels;  ///< one for each token, or none

  std::uint64_t cost() const noexcept { return tokens.size() + labels.size() + 32; }
  void exchange(StateArchive& archive) { archive(tokens, labels); }
};

/// All sequences of the data, or those with the smallest hashes of their content that fit a budget.
/// Equal sequences are kept once and counted.
class SequenceSample {
 public:
  using Hash = std::array<std::uint64_t, 2>;
  using Sequences = SmallestKeys<Hash, SampledSequence>;

  /// In tokens and labels; a sequence costs 32 more. About a million tokens.
  static constexpr std::uint64_t default_budget = std::uint64_t{1} << 20;

  explicit SequenceSample(std::uint64_t budget = default_budget) : sequences_(budget) {}

  /// The hash of a sequence with its labels. Any bit of it divides sequences into halves.
  static Hash hash_of(std::span<const std::uint32_t> tokens,
                      std::span<const std::int64_t> labels) noexcept;

  /// Adds sequence i of a batch; `hash` is its own.
  void add(const Hash& hash, const SequenceBatch& batch, std::size_t i);
  void merge(const SequenceSample& other) { sequences_.merge(other.sequences_); }
  void exchange(StateArchive& archive);

  /// By ascending hash.
  const std::map<Hash, Sequences::Entry>& entries() const noexcept { return sequences_.entries(); }
  /// Whether no sequence was left out.
  bool is_complete() const noexcept { return sequences_.is_complete(); }
  /// Sequences kept, counted as often as they occur.
  std::uint64_t count() const noexcept;
  std::uint64_t tokens() const noexcept;

 private:
  Sequences sequences_;
};

/// The labels of a sequence of a batch without its padding; none if it has none.
std::span<const std::int64_t> content_labels(const SequenceBatch& batch, std::size_t i) noexcept;

}  // namespace synthgen
