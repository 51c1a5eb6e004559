#pragma once

#include "synthgen/config/result.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace synthgen {

/// Finds equal sequences among any number: each is held as the 128-bit XXH3 hash of its ids and its
/// place, 24 bytes a sequence. Two different ones among 10^9 share a hash with probability below
/// 10^-20. Beyond the memory limit entries go to a file without a name in the directory for
/// temporary files, in sorted runs.
class ContentIndex {
 public:
  struct Entry {
    std::uint64_t hash_high;
    std::uint64_t hash_low;
    std::uint64_t place;  ///< the caller's; ascending in the order in which sequences count

    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  /// Called with each entry, equal sequences one after another in the order of their places;
  /// `repeated` says that the entry before it is equal.
  using Visit = std::function<void(const Entry& entry, bool repeated)>;

  explicit ContentIndex(std::uint64_t memory_limit_bytes);
  ContentIndex(ContentIndex&& other) noexcept;
  ContentIndex& operator=(ContentIndex&&) = delete;
  ~ContentIndex();

  /// Fails (io) when the memory limit is reached and the temporary file cannot be written.
  Result<void> add(std::span<const std::uint32_t> sequence, std::uint64_t place);

  /// Visits everything that was added; more may be added afterwards. Fails (io) when the temporary
  /// file cannot be read.
  Result<void> visit(const Visit& visit);

  /// Bytes in the temporary file.
  std::uint64_t spilled_bytes() const noexcept { return spilled_bytes_; }

 private:
  struct Run {
    std::uint64_t first_byte;
    std::uint64_t entries;
  };
  class Cursor;

  Result<void> spill();
  std::vector<Cursor> cursors(bool with_file);

  std::size_t block_entries_;
  std::size_t most_blocks_;
  std::vector<std::vector<Entry>> blocks_{1};  ///< all sorted but the last
  std::vector<Run> runs_;
  int descriptor_ = -1;
  std::uint64_t spilled_bytes_ = 0;
};

}  // namespace synthgen
