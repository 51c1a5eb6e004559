#pragma once

#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// An n-gram and how often it occurs.
struct NgramCount {
  std::vector<std::uint32_t> pattern;
  std::uint64_t count = 0;

  friend bool operator==(const NgramCount&, const NgramCount&) = default;
};

/// Exact counts of all n-grams: an open-addressing table over a flat list of keys.
class NgramAccumulator final : public Accumulator {
 public:
  explicit NgramAccumulator(const AnalysisOptions& options)
      : n_(options.ngram), top_(options.top) {}

  void add(const SequenceBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;

  /// The most common n-grams, most common first, ties in lexicographic order.
  std::vector<NgramCount> most_common() const;

 private:
  std::span<const std::uint32_t> key(std::uint32_t entry) const noexcept {
    return {keys_.data() + std::size_t{entry} * n_, n_};
  }
  void count(std::span<const std::uint32_t> ngram, std::uint64_t times);
  void grow();

  unsigned n_;
  unsigned top_;
  std::vector<std::uint32_t> slots_;  ///< entry + 1, or 0 for a free slot; a power of two of them
  std::vector<std::uint32_t> keys_;   ///< n_ tokens an entry
  std::vector<std::uint64_t> counts_;
};

extern const MeasureEntry ngram_entry;

}  // namespace synthgen
