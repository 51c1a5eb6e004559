#pragma once

#include "synthgen/analyze/counting/key_buffer.hpp"
#include "synthgen/analyze/counting/key_counts.hpp"
#include "synthgen/analyze/counting/ngram_table.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Counts of all n-grams. N-grams whose ids together fit into 42 bits (ids below 2^14 for n = 3) or
/// 64 bits (below 2^21) are packed into one number; the others go to a table.
class NgramAccumulator final : public Accumulator {
 public:
  explicit NgramAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void absorb(Accumulator&& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override;

  /// The most common n-grams, most common first, ties in lexicographic order. Fails (io) if a
  /// temporary file cannot be read.
  Result<std::vector<NgramCount>> most_common() const;

 private:
  void add(std::span<const std::uint32_t> sequence, unsigned id_bits);

  unsigned n_;
  unsigned top_;
  unsigned small_bits_;   ///< of an id in an n-gram of small ids: 2 (n = 16) to 32
  unsigned medium_bits_;  ///< of an id in an n-gram of medium ids: 4 (n = 16) to 32
  SmallKeyCounts small_;
  KeyCounts<std::uint64_t> medium_;
  NgramTable wide_;
  KeyBuffer small_keys_;  ///< scratch
  KeyBuffer medium_keys_;
};

}  // namespace synthgen
