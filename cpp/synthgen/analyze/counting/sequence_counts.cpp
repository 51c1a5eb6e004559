#include "synthgen/analyze/counting/sequence_counts.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace synthgen {
namespace {

/// c·log2 c, what an id that occurs c times adds to L·log2 L − L·H.
double count_term(std::uint32_t count) {
  static const auto small_terms = [] {
    std::array<double, 1024> terms{};
    for (std::uint32_t c = 1; c < terms.size(); ++c) {
      terms[c] = c * portable_log2(static_cast<double>(c));
    }
    return terms;
  }();
  if (count < small_terms.size()) return small_terms[count];
  return count * portable_log2(static_cast<double>(count));
}

CountSummary summary_of(std::uint32_t largest, double terms, std::size_t size) {
  const auto length = static_cast<double>(size);
  return {largest, std::max(0.0, portable_log2(length) - terms / length)};
}

}  // namespace

CountSummary SequenceCounter::count_dense(std::span<const std::uint32_t> sequence) {
  for (const std::uint32_t id : sequence) ++counts_[id];
  std::uint32_t largest = 0;
  double terms = 0;
  for (const std::uint32_t id : sequence) {
    const std::uint32_t count = counts_[id];
    counts_[id] = 0;
    if (count < 2) continue;  // an id met before, or one that adds 1·log2 1
    largest = std::max(largest, count);
    terms += count_term(count);
  }
  return summary_of(std::max(largest, 1U), terms, sequence.size());
}

CountSummary SequenceCounter::count_sorted(std::span<const std::uint32_t> sequence) {
  sorted_.assign(sequence.begin(), sequence.end());
  std::sort(sorted_.begin(), sorted_.end());
  std::uint32_t largest = 0;
  double terms = 0;
  for (auto run = sorted_.begin(); run != sorted_.end();) {
    const auto end = std::find_if(run, sorted_.end(), [&](std::uint32_t id) { return id != *run; });
    const auto count = static_cast<std::uint32_t>(end - run);
    largest = std::max(largest, count);
    terms += count_term(count);
    run = end;
  }
  return summary_of(largest, terms, sequence.size());
}

unsigned bits_of_ids(std::span<const std::uint32_t> sequence) noexcept {
  std::uint32_t all = 0;
  for (const std::uint32_t id : sequence) all |= id;
  return static_cast<unsigned>(std::bit_width(all));
}

CountSummary SequenceCounter::operator()(std::span<const std::uint32_t> sequence) {
  return (*this)(sequence, bits_of_ids(sequence));
}

CountSummary SequenceCounter::operator()(std::span<const std::uint32_t> sequence,
                                         unsigned id_bits) {
  if (sequence.empty()) return {};
  if (id_bits > dense_bits) return count_sorted(sequence);
  const std::size_t size = std::size_t{1} << id_bits;
  if (size > counts_.size()) counts_.resize(size);
  return count_dense(sequence);
}

}  // namespace synthgen
