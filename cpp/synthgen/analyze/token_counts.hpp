#pragma once

#include "synthgen/analyze/state_archive.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// Counts of 32-bit ids: an array for small ids, a hash table for the others.
class TokenCounts {
 public:
  void add(std::span<const std::uint32_t> tokens);
  /// The same where it is known how many bits the largest id takes.
  void add(std::span<const std::uint32_t> tokens, unsigned id_bits);
  void merge(const TokenCounts& other);
  void exchange(StateArchive& archive);

  /// Number of different ids seen.
  std::uint64_t distinct() const noexcept;
  /// Number of tokens seen.
  std::uint64_t total() const noexcept { return total_; }
  /// The ids seen with their counts, ascending.
  std::map<std::uint32_t, std::uint64_t> sorted() const;

 private:
  static constexpr unsigned dense_bits = 20;
  static constexpr std::uint32_t dense_limit = 1U << dense_bits;
  void count(std::uint32_t id, std::uint64_t times);

  std::vector<std::uint64_t> dense_;
  std::unordered_map<std::uint32_t, std::uint64_t> sparse_;
  std::uint64_t total_ = 0;
};

}  // namespace synthgen
