#pragma once

#include "synthgen/analyze/key_counts.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/ngram_table.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// Exact counts of all n-grams. Those whose ids fit side by side into 64 bits, ids below 2^21 for
/// n = 3, are packed into one number; the others go to a table.
class NgramAccumulator final : public Accumulator {
 public:
  explicit NgramAccumulator(const AnalysisOptions& options)
      : n_(options.ngram), top_(options.top), id_bits_(std::min(32U, 64 / n_)), wide_(n_) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// The most common n-grams, most common first, ties in lexicographic order.
  std::vector<NgramCount> most_common() const;

 private:
  void add(std::span<const std::uint32_t> sequence);

  unsigned n_;
  unsigned top_;
  unsigned id_bits_;  ///< of an id in a packed n-gram: 4 (n = 16) to 32
  KeyCounts narrow_;
  NgramTable wide_;
};

extern const MeasureEntry ngram_entry;

}  // namespace synthgen
