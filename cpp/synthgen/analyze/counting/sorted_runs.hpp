#pragma once

#include "synthgen/analyze/counting/spill_file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace synthgen {

/// Sorted lists of records in temporary files. A record is a fixed number of words; the order is
/// lexicographic.
class SortedRuns {
 public:
  explicit SortedRuns(std::size_t width) : width_(width) {}

  bool empty() const noexcept { return !can_spill || runs_.empty(); }
  /// Writes records in ascending order. Fails (io) like `SpillFile`.
  Result<void> append(std::span<const std::uint32_t> records);
  /// Shares the other's files.
  void merge(const SortedRuns& other);
  /// Calls `use` with every record, also those of a sorted list in memory, in ascending order.
  Result<void> visit(std::span<const std::uint32_t> in_memory,
                     const std::function<void(std::span<const std::uint32_t>)>& use) const;

 private:
  struct Run {
    std::shared_ptr<SpillFile> file;
    std::uint64_t start;  ///< in bytes, as `end`
    std::uint64_t end;
  };
  class Cursor;

  std::size_t width_;
  std::shared_ptr<SpillFile> file_;  ///< of its own runs
  std::vector<Run> runs_;
};

}  // namespace synthgen
