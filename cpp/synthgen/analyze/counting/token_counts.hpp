#pragma once

#include "synthgen/analyze/counting/key_counts.hpp"
#include "synthgen/analyze/counting/state_archive.hpp"
#include "synthgen/config/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// Counts of 32-bit ids: an array for small ids, `KeyCounts` with its limits for the others.
class TokenCounts {
 public:
  using Entry = std::pair<std::uint64_t, std::uint64_t>;  ///< id and count

  explicit TokenCounts(const CountLimits& limits = {}) : large_(limits) {}

  void add(std::span<const std::uint32_t> tokens);
  /// The same if the bits of the largest id are known.
  void add(std::span<const std::uint32_t> tokens, unsigned id_bits);
  void merge(const TokenCounts& other);
  void exchange(StateArchive& archive);

  /// Number of tokens seen.
  std::uint64_t total() const noexcept { return total_; }
  /// Calls `use` with each id seen and its count, once, in any order. Fails (io) if a temporary
  /// file cannot be read.
  Result<void> visit(const std::function<void(const Entry&)>& use) const;
  /// Number of different ids seen. Fails (io) like `visit`.
  Result<std::uint64_t> distinct() const;
  /// The `most` most common ids with their counts, the most common first; of equally common ids the
  /// smaller first. Fails (io) like `visit`.
  Result<std::vector<Entry>> commonest(std::size_t most) const;

  /// By how much a count may be too low, and how often an id that is not visited may occur: 0 if
  /// temporary files may be used.
  std::uint64_t undercount() const noexcept { return large_.undercount(); }
  /// Why not all ids could be kept.
  const std::optional<Error>& failure() const noexcept { return large_.failure(); }

 private:
  static constexpr unsigned dense_bits = 20;
  static constexpr std::uint32_t dense_limit = 1U << dense_bits;

  void make_room(std::size_t ids) {
    if (ids > dense_.size()) dense_.resize(ids);
  }

  std::vector<std::uint64_t> dense_;
  SmallKeyCounts large_;  ///< from dense_limit on
  std::uint64_t total_ = 0;
  std::vector<std::uint64_t> keys_;  ///< scratch
};

}  // namespace synthgen
