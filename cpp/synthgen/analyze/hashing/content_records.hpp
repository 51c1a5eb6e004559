#pragma once

#include "synthgen/analyze/counting/key_counts.hpp"
#include "synthgen/analyze/counting/sorted_runs.hpp"
#include "synthgen/analyze/counting/state_archive.hpp"
#include "synthgen/config/result.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// A set of records, one for each sequence or each different sequence: the 128-bit XXH3 hash of its
/// ids in four words, and `note_words` words of the caller's. Two different sequences among 10^9
/// share a hash with probability below 10^-20, so equal hashes mean equal sequences. At the limit
/// the records go to temporary files or, if that is impossible or not wanted, a sample of the
/// sequences is kept: those whose hash ends in `level` zero bits (Wegman's adaptive sampling;
/// Flajolet 1990).
template <std::size_t note_words>
class ContentRecords {
 public:
  static constexpr std::size_t hash_words = 4;
  using Record = std::array<std::uint32_t, hash_words + note_words>;
  using Note = std::array<std::uint32_t, note_words>;

  explicit ContentRecords(const CountLimits& limits = {});

  void add(std::span<const std::uint32_t> sequence, const Note& note = {});
  void merge(const ContentRecords& other);
  void exchange(StateArchive& archive);

  /// Calls `use` with each different record in ascending order, and gives the sample's `level`, 0
  /// if all sequences are kept: a function of the records alone, not of their order or of how
  /// parts were merged. More may be added afterwards. Fails (io) if a temporary file cannot be
  /// read, or could not be written earlier.
  Result<unsigned> visit(const std::function<void(const Record&)>& use) const;
  bool uses_file() const noexcept { return !runs_.empty(); }
  /// Why not all records could be kept.
  const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  static constexpr unsigned most_levels = 32;

  static bool in_sample(const Record& record, unsigned level) noexcept;
  bool samples() const noexcept { return limits_.approximate || !can_spill; }
  std::uint64_t most_records() const noexcept;
  void compact() const;
  /// Raises the level until the remaining records fit.
  void sample() const;
  void keep_limit();

  CountLimits limits_;
  mutable std::vector<Record> records_;  ///< ascending, except for the last ones, which may repeat
  mutable std::uint32_t level_ = 0;
  std::uint64_t compact_at_;
  SortedRuns runs_{std::tuple_size_v<Record>};
  std::optional<Error> failure_;
};

extern template class ContentRecords<0>;
extern template class ContentRecords<2>;

/// The number of different sequences, by hashes of 16 bytes each: exact, or beyond the limit with a
/// known error if there can be no temporary files.
class DistinctSequences {
 public:
  explicit DistinctSequences(const CountLimits& limits = {}) : contents_(limits) {}

  void add(std::span<const std::uint32_t> sequence) { contents_.add(sequence); }
  void merge(const DistinctSequences& other) { contents_.merge(other.contents_); }
  void exchange(StateArchive& archive) { contents_.exchange(archive); }

  struct Count {
    std::uint64_t value;
    double relative_error;  ///< standard error over the value; 0 if exact
  };
  /// Fails (io) like `ContentRecords`.
  Result<Count> count() const;
  const std::optional<Error>& failure() const noexcept { return contents_.failure(); }

 private:
  ContentRecords<0> contents_;
};

}  // namespace synthgen
