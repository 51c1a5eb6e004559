#include "synthgen/analyze/counting/sequence_counts.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace synthgen {
namespace {

constexpr std::size_t tabulated_counts = 1024;

/// c·log2 c for small c, what an id that occurs c times adds to L·log2 L − L·H; 0 for 0 and 1.
const std::array<double, tabulated_counts>& count_terms() {
  static const auto terms = [] {
    std::array<double, tabulated_counts> made{};
    for (std::uint32_t c = 2; c < made.size(); ++c) {
      made[c] = c * portable_log2(static_cast<double>(c));
    }
    return made;
  }();
  return terms;
}

double count_term(std::uint32_t count) {
  if (count < tabulated_counts) return count_terms()[count];
  return count * portable_log2(static_cast<double>(count));
}

CountSummary summary_of(std::uint32_t largest, double terms, std::size_t size) {
  const auto length = static_cast<double>(size);
  return {largest, std::max(0.0, portable_log2(length) - terms / length)};
}

/// With a count for each id in a table of zeros, which is left as it was.
template <class Count>
CountSummary count_dense(std::span<const std::uint32_t> sequence, unsigned id_bits,
                         std::vector<Count>& table) {
  const std::size_t ids = std::size_t{1} << id_bits;
  if (ids > table.size()) table.resize(ids);
  Count* const counts = table.data();
  std::uint32_t largest = 0;
  for (const std::uint32_t id : sequence) {
    const auto count = static_cast<Count>(counts[id] + 1);
    counts[id] = count;
    largest = std::max<std::uint32_t>(largest, count);
  }
  double terms = 0;
  const auto add_terms = [&](const auto& term) {
    for (const std::uint32_t id : sequence) {
      terms += term(counts[id]);  // 0 for an id that was met before
      counts[id] = 0;
    }
  };
  if (largest < tabulated_counts) {
    add_terms(
        [table_of_terms = count_terms().data()](Count count) { return table_of_terms[count]; });
  } else {
    add_terms([](Count count) { return count_term(count); });
  }
  return summary_of(largest, terms, sequence.size());
}

}  // namespace

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
  return sequence.size() <= UINT16_MAX ? count_dense(sequence, id_bits, short_counts_)
                                       : count_dense(sequence, id_bits, counts_);
}

}  // namespace synthgen
