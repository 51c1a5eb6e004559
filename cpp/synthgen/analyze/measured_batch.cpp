#include "synthgen/analyze/measured_batch.hpp"

namespace synthgen {

std::optional<double> local_coherence(std::span<const std::uint32_t> sequence) noexcept {
  if (sequence.size() < 2) return std::nullopt;
  std::size_t equal = 0;
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    equal += sequence[i] == sequence[i - 1] ? 1 : 0;
  }
  return static_cast<double>(equal) / static_cast<double>(sequence.size() - 1);
}

unsigned MeasuredBatch::id_bits(std::size_t i) const {
  if (!has_id_bits_) {
    scratch_.id_bits.clear();
    for (std::size_t s = 0; s < size(); ++s) scratch_.id_bits.push_back(bits_of_ids(content(s)));
    has_id_bits_ = true;
  }
  return scratch_.id_bits[i];
}

const CountSummary& MeasuredBatch::counts(std::size_t i) const {
  if (!has_counts_) {
    scratch_.counts.clear();
    for (std::size_t s = 0; s < size(); ++s) {
      scratch_.counts.push_back(scratch_.counter(content(s), id_bits(s)));
    }
    has_counts_ = true;
  }
  return scratch_.counts[i];
}

std::optional<double> MeasuredBatch::local_coherence(std::size_t i) const {
  if (!has_local_) {
    scratch_.local.clear();
    for (std::size_t s = 0; s < size(); ++s) {
      scratch_.local.push_back(synthgen::local_coherence(content(s)));
    }
    has_local_ = true;
  }
  return scratch_.local[i];
}

std::span<const std::uint32_t> MeasuredBatch::gaps(std::size_t i) const {
  if (!has_gaps_) {
    scratch_.gaps.resize(batch_.tokens.size());
    for (std::size_t s = 0; s < size(); ++s) {
      scratch_.last_places.find_gaps(content(s), std::span(scratch_.gaps).subspan(place_of(s)));
    }
    has_gaps_ = true;
  }
  return std::span(scratch_.gaps).subspan(place_of(i), content(i).size());
}

std::optional<double> MeasuredBatch::global_coherence(std::size_t i) const {
  if (content(i).empty()) return std::nullopt;
  return static_cast<double>(counts(i).largest) / static_cast<double>(content(i).size());
}

}  // namespace synthgen
