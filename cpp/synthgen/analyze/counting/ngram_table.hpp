#pragma once

#include "synthgen/analyze/counting/key_counts.hpp"
#include "synthgen/analyze/counting/sorted_runs.hpp"
#include "synthgen/analyze/counting/state_archive.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// An n-gram and how often it occurs.
struct NgramCount {
  std::vector<std::uint32_t> pattern;
  std::uint64_t count = 0;

  friend bool operator==(const NgramCount&, const NgramCount&) = default;
};

/// Whether `a` comes before `b` in a list of the most common n-grams: ties in lexicographic order.
bool is_more_common(const NgramCount& a, const NgramCount& b);

/// Counts of n-grams of any ids: an open-addressing table over a flat list of keys. What passes the
/// limit goes to temporary files or the rarest are forgotten, as in `KeyCounts`.
class NgramTable {
 public:
  explicit NgramTable(unsigned n, const CountLimits& limits = {});

  void count(std::span<const std::uint32_t> ngram, std::uint64_t times = 1);
  void merge(const NgramTable& other);
  void exchange(StateArchive& archive);

  /// The `top` most common n-grams, most common first. Fails (io) if a temporary file cannot be
  /// read.
  Result<std::vector<NgramCount>> most_common(std::size_t top) const;
  /// By how much a count may be too low.
  std::uint64_t undercount() const noexcept { return undercount_; }
  /// Why n-grams could not be written.
  const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  using Use = std::function<void(std::span<const std::uint32_t> ngram, std::uint64_t count)>;

  std::span<const std::uint32_t> key(std::uint32_t entry) const noexcept {
    return {keys_.data() + std::size_t{entry} * n_, n_};
  }
  /// Calls `use` once for each different n-gram.
  Result<void> visit(const Use& use) const;
  /// N-grams in ascending order, each followed by the upper and the lower half of its count.
  std::vector<std::uint32_t> sorted_records() const;
  void clear();
  void grow();
  void keep_limit();
  void forget_rarest();

  unsigned n_;
  CountLimits limits_;
  std::vector<std::uint32_t> slots_;  ///< entry + 1, or 0 for a free slot; a power of two of them
  std::vector<std::uint32_t> keys_;   ///< n_ tokens an entry
  std::vector<std::uint64_t> counts_;
  SortedRuns runs_;
  std::uint64_t undercount_ = 0;
  std::optional<Error> failure_;
};

}  // namespace synthgen
