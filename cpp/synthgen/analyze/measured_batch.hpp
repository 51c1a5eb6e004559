#pragma once

#include "synthgen/analyze/counting/scratch_table.hpp"
#include "synthgen/analyze/counting/sequence_counts.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Share of adjacent pairs with equal tokens, x_t = x_{t+1}; none for sequences under 2 tokens.
std::optional<double> local_coherence(std::span<const std::uint32_t> sequence) noexcept;

/// A batch with values of its sequences that several measures need, each computed once, when it is
/// first used.
class MeasuredBatch {
 public:
  /// Memory to reuse from batch to batch.
  struct Scratch {
    SequenceCounter counter;
    std::vector<unsigned> id_bits;
    std::vector<CountSummary> counts;
    std::vector<std::optional<double>> local;
    LastPlaces last_places;
    std::vector<std::uint32_t> gaps;
  };

  /// Not explicit: a plain batch can be passed as a measured one.
  MeasuredBatch(const SequenceBatch& batch) : MeasuredBatch(batch, own_) {}
  /// `scratch` serves one batch at a time.
  MeasuredBatch(const SequenceBatch& batch, Scratch& scratch) : batch_(batch), scratch_(scratch) {}
  MeasuredBatch(const MeasuredBatch&) = delete;
  MeasuredBatch& operator=(const MeasuredBatch&) = delete;

  const SequenceBatch& batch() const noexcept { return batch_; }
  std::size_t size() const noexcept { return batch_.size(); }
  /// Sequence i without its padding.
  std::span<const std::uint32_t> content(std::size_t i) const noexcept { return batch_.content(i); }

  /// Bits of the largest id of sequence i; 0 for an empty sequence.
  unsigned id_bits(std::size_t i) const;

  /// 0 for an empty sequence.
  double entropy_bits(std::size_t i) const { return counts(i).entropy_bits; }
  /// None for sequences under 2 tokens.
  std::optional<double> local_coherence(std::size_t i) const;
  /// Largest count of a token over the length; none for an empty sequence.
  std::optional<double> global_coherence(std::size_t i) const;

  /// For each token of sequence i the distance back to the last one with the same id, 0 if there is
  /// none: chains through all equal tokens.
  std::span<const std::uint32_t> gaps(std::size_t i) const;

 private:
  const CountSummary& counts(std::size_t i) const;
  /// Where sequence i begins in the batch's tokens.
  std::size_t place_of(std::size_t i) const noexcept {
    return static_cast<std::size_t>(batch_.offsets[i]);
  }

  const SequenceBatch& batch_;
  Scratch own_;  ///< unused, and without memory, if another one is given
  Scratch& scratch_;
  mutable bool has_id_bits_ = false;
  mutable bool has_counts_ = false;
  mutable bool has_local_ = false;
  mutable bool has_gaps_ = false;
};

}  // namespace synthgen
