#pragma once

#include "synthgen/analyze/counting/smallest_keys.hpp"
#include "synthgen/analyze/hashing/min_hash.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace synthgen {

/// `near_duplicate_share`: the share of sequences that resemble another one: an equal one, or one
/// whose set of 3-grams has a Jaccard similarity of 0.8 or more by their MinHash sketches (52 of 64
/// rows agree).
///
/// Sketches are compared when all 4 rows of one of 16 bands agree, which those of sets with
/// similarity 0.8 do with probability 1 − (1 − 0.8^4)^16 = 0.9998, and then with the 8 that follow
/// in the band's order. While all sketches fit the memory limit (2^20 different sequences of the
/// default) all are kept; from then on those whose smallest 3-gram hash is small, so that what
/// resembles each other stays together with a probability of its similarity: the share is then
/// estimated from them, and by up to a fifth too low.
class NearDuplicatesAccumulator final : public Accumulator {
 public:
  explicit NearDuplicatesAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

  /// None without sequences.
  std::optional<double> near_duplicate_share() const;

 private:
  /// Scattered smallest hash of a 3-gram, then a 128-bit hash of the content.
  using Key = std::pair<std::uint64_t, std::array<std::uint64_t, 2>>;
  struct Sketch {
    MinHash hash;
    bool has_shingles = false;

    static std::uint64_t cost() noexcept { return 1; }
    void exchange(StateArchive& archive) { archive(hash, has_shingles); }
  };

  SmallestKeys<Key, Sketch> sketches_;
};

extern const MeasureEntry near_duplicates_entry;

}  // namespace synthgen
