#include "synthgen/analyze/hashing/distinct_hashes.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {

void DistinctHashes::insert(std::uint64_t hash) noexcept {
  const std::size_t last = slots_.size() - 1;
  for (std::size_t place = first_place(hash);; ++place) {
    std::uint64_t& slot = slots_[place & last];
    if (slot == hash) return;
    if (slot != 0) continue;
    slot = hash;
    ++used_;
    return;
  }
}

void DistinctHashes::add(std::uint64_t hash) {
  if (2 * used_ >= slots_.size()) keep(kept());  // may lower what is dropped
  if (next_ && hash >= *next_) return;
  insert(hash == 0 ? 1 : hash);
}

void DistinctHashes::add(std::span<const std::uint64_t> hashes) {
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (i + ahead < hashes.size() && !slots_.empty()) {
      __builtin_prefetch(&slots_[first_place(hashes[i + ahead])], 1);
    }
    add(hashes[i]);
  }
}

std::vector<std::uint64_t> DistinctHashes::kept() const {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(static_cast<std::size_t>(used_));
  std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(hashes),
               [](std::uint64_t hash) { return hash != 0; });
  return hashes;
}

/// A table for twice as many as may stay is the largest: only what is beyond that is sorted out.
void DistinctHashes::keep(std::vector<std::uint64_t> hashes) {
  if (hashes.size() > most_) {
    const auto first_dropped = hashes.begin() + static_cast<std::ptrdiff_t>(most_);
    std::nth_element(hashes.begin(), first_dropped, hashes.end());
    next_ = *first_dropped;
    hashes.erase(first_dropped, hashes.end());
  }
  constexpr std::size_t fewest_slots = 1024;
  slots_.assign(std::bit_ceil(std::max(fewest_slots, 4 * hashes.size())), 0);
  used_ = 0;
  for (const std::uint64_t hash : hashes) insert(hash);
}

void DistinctHashes::merge(const DistinctHashes& other) {
  if (other.next_ && (!next_ || *other.next_ < *next_)) {
    next_ = other.next_;
    std::vector<std::uint64_t> hashes = kept();
    std::erase_if(hashes, [&](std::uint64_t hash) { return hash >= *next_; });
    keep(std::move(hashes));
  }
  for (const std::uint64_t hash : other.slots_) {
    if (hash != 0) add(hash);
  }
}

void DistinctHashes::exchange(StateArchive& archive) {
  std::vector<std::uint64_t> hashes = archive.reads() ? std::vector<std::uint64_t>() : kept();
  archive(hashes, next_);
  if (!archive.reads()) return;
  const auto unsound = [&](std::uint64_t hash) { return hash == 0 || (next_ && hash >= *next_); };
  if (archive.malformed() || std::any_of(hashes.begin(), hashes.end(), unsound)) {
    archive.refuse();
    *this = DistinctHashes(most_);
    return;
  }
  keep(std::move(hashes));
}

DistinctHashes::Count DistinctHashes::count() const {
  if (!next_ && used_ <= most_) return {static_cast<double>(used_), true};
  DistinctHashes most(most_);
  most.next_ = next_;
  most.keep(kept());
  constexpr double all_hashes = 18446744073709551616.0;
  return {static_cast<double>(most.used_) / (static_cast<double>(*most.next_) / all_hashes), false};
}

}  // namespace synthgen
