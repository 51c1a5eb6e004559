#pragma once

#include "synthgen/analyze/hashing/content_records.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace synthgen {

/// How many different sequences there are, by hashes of 16 bytes each: exactly, or at the limit
/// with a known error where there can be no temporary files.
class DistinctSequences {
 public:
  explicit DistinctSequences(const CountLimits& limits = {}) : contents_(limits) {}

  void add(std::span<const std::uint32_t> sequence) { contents_.add(sequence); }
  void merge(const DistinctSequences& other) { contents_.merge(other.contents_); }
  void exchange(StateArchive& archive) { contents_.exchange(archive); }

  struct Count {
    std::uint64_t value;
    double relative_error;  ///< standard error over the value; 0 where it is exact
  };
  /// Fails (io) as `ContentRecords` does.
  Result<Count> count() const;
  const std::optional<Error>& failure() const noexcept { return contents_.failure(); }

 private:
  ContentRecords<0> contents_;
};

}  // namespace synthgen
