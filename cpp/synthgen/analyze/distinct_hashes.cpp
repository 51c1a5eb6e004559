#include "synthgen/analyze/distinct_hashes.hpp"

#include <algorithm>

namespace synthgen {

void DistinctHashes::compact() {
  constexpr std::uint64_t fewest = 4096;
  const auto tail = hashes_.begin() + static_cast<std::ptrdiff_t>(sorted_);
  std::sort(tail, hashes_.end());
  std::inplace_merge(hashes_.begin(), tail, hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  if (hashes_.size() > most_) {
    next_ = hashes_[static_cast<std::size_t>(most_)];
    hashes_.resize(static_cast<std::size_t>(most_));
  }
  sorted_ = hashes_.size();
  compact_at_ = sorted_ + std::max(fewest, sorted_);
}

void DistinctHashes::merge(const DistinctHashes& other) {
  if (other.next_ && (!next_ || *other.next_ < *next_)) {
    compact();
    next_ = other.next_;
    const auto first_behind = std::lower_bound(hashes_.begin(), hashes_.end(), *next_);
    hashes_.erase(first_behind, hashes_.end());
    sorted_ = hashes_.size();
  }
  for (const std::uint64_t hash : other.hashes_) add(hash);
}

void DistinctHashes::exchange(StateArchive& archive) {
  archive(hashes_, next_);
  if (!archive.reads()) return;
  sorted_ = 0;
  const auto beyond = [&](std::uint64_t hash) { return next_ && hash >= *next_; };
  if (archive.malformed() || std::any_of(hashes_.begin(), hashes_.end(), beyond)) {
    archive.refuse();
    *this = DistinctHashes(most_);
    return;
  }
  compact();
}

DistinctHashes::Count DistinctHashes::count() const {
  DistinctHashes compacted = *this;
  compacted.compact();
  const auto kept = static_cast<double>(compacted.hashes_.size());
  if (!compacted.next_) return {kept, true};
  constexpr double all_hashes = 18446744073709551616.0;
  return {kept / (static_cast<double>(*compacted.next_) / all_hashes), false};
}

}  // namespace synthgen
