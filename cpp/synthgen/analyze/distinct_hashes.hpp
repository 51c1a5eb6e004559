#pragma once

#include "synthgen/analyze/state_archive.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// How many different 64-bit hashes there are: exactly up to a number `most` of them, beyond it
/// from how close together the smallest ones lie (k / h for k hashes below the next one, h of all
/// of their range; Bar-Yossef et al. 2002), with a relative standard error of 1 / √most. What it
/// says is a function of the hashes alone, not of their order or of how parts were merged. 8 bytes
/// each.
class DistinctHashes {
 public:
  /// `most` is at least 1.
  explicit DistinctHashes(std::uint64_t most) : most_(most) {}

  void add(std::uint64_t hash) {
    if (next_ && hash >= *next_) return;
    hashes_.push_back(hash);
    if (hashes_.size() >= compact_at_) compact();
  }
  void merge(const DistinctHashes& other);
  void exchange(StateArchive& archive);

  struct Count {
    double value;
    bool is_exact;
  };
  Count count() const;

 private:
  void compact();

  std::uint64_t most_;
  std::vector<std::uint64_t> hashes_;  ///< the smallest, ascending up to `sorted_`
  std::uint64_t sorted_ = 0;
  std::uint64_t compact_at_ = 4096;
  std::optional<std::uint64_t> next_;  ///< the smallest hash that there was no room for
};

}  // namespace synthgen
