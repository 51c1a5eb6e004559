#pragma once

#include "synthgen/analyze/counting/sequence_counts.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Share of adjacent pairs with equal tokens, x_t = x_{t+1}; none for sequences under 2 tokens.
std::optional<double> local_coherence(std::span<const std::uint32_t> sequence) noexcept;

/// A batch together with what several measures need of each of its sequences, computed when it is
/// first asked for and once for all of them.
class MeasuredBatch {
 public:
  /// Memory that analysing one batch after another keeps.
  struct Scratch {
    SequenceCounter counter;
    std::vector<unsigned> id_bits;
    std::vector<CountSummary> counts;
    std::vector<std::optional<double>> local;
  };

  /// Not explicit: a plain batch will do wherever a measured one is taken.
  MeasuredBatch(const SequenceBatch& batch) : MeasuredBatch(batch, own_) {}
  /// `scratch` serves one batch at a time.
  MeasuredBatch(const SequenceBatch& batch, Scratch& scratch) : batch_(batch), scratch_(scratch) {}
  MeasuredBatch(const MeasuredBatch&) = delete;
  MeasuredBatch& operator=(const MeasuredBatch&) = delete;

  const SequenceBatch& batch() const noexcept { return batch_; }
  std::size_t size() const noexcept { return batch_.size(); }
  /// Sequence i without its padding.
  std::span<const std::uint32_t> content(std::size_t i) const noexcept { return batch_.content(i); }

  /// Bits that the largest id of sequence i takes; 0 for an empty sequence.
  unsigned id_bits(std::size_t i) const;

  /// 0 for an empty sequence.
  double entropy_bits(std::size_t i) const { return counts(i).entropy_bits; }
  /// None for sequences under 2 tokens.
  std::optional<double> local_coherence(std::size_t i) const;
  /// Largest count of a token over the length; none for an empty sequence.
  std::optional<double> global_coherence(std::size_t i) const;

 private:
  const CountSummary& counts(std::size_t i) const;

  const SequenceBatch& batch_;
  Scratch own_;  ///< unused, and without memory, where another is given
  Scratch& scratch_;
  mutable bool has_id_bits_ = false;
  mutable bool has_counts_ = false;
  mutable bool has_local_ = false;
};

}  // namespace synthgen
