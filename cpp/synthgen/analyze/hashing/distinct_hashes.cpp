#include "synthgen/analyze/hashing/distinct_hashes.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr unsigned recent_bits = 14;
constexpr std::size_t trial = std::size_t{1} << 15;  // enough to fill it

std::size_t recent_place(std::uint64_t hash) {
  return static_cast<std::size_t>(hash >> (64 - recent_bits));
}

/// Leaves the `most` smallest; returns the next one.
std::uint64_t drop_largest(std::vector<std::uint64_t>& hashes, std::uint64_t most) {
  const auto first_dropped = hashes.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(hashes.begin(), first_dropped, hashes.end());
  const std::uint64_t next = *first_dropped;
  hashes.erase(first_dropped, hashes.end());
  return next;
}

}  // namespace

void DistinctHashes::add(std::span<const std::uint64_t> hashes) {
  constexpr std::size_t portion = 4096;
  while (!hashes.empty()) {
    const auto some = hashes.first(std::min(hashes.size(), portion));
    hashes = hashes.subspan(some.size());
    const auto wanted = unsifted_ > 0 && !next_ ? some : sifted(some);
    unsifted_ -= std::min(unsifted_, some.size());
    collected_.add(wanted);
    collected_size_ += wanted.size();
    if (collected_size_ >= 2 * most_) keep(kept());
  }
}

std::span<const std::uint64_t> DistinctHashes::sifted(std::span<const std::uint64_t> hashes) {
  if (recent_.empty()) forget_recent();
  wanted_.resize(hashes.size());
  std::size_t count = 0;
  const bool takes_all = !next_;
  const std::uint64_t limit = next_.value_or(0);
  for (const std::uint64_t hash : hashes) {
    std::uint64_t& recent = recent_[recent_place(hash)];
    wanted_[count] = hash;
    const bool is_wanted = takes_all || hash < limit;
    count += static_cast<std::size_t>(hash != recent) & static_cast<std::size_t>(is_wanted);
    recent = hash;
  }
  sifted_ += hashes.size();
  passed_ += count;
  if (sifted_ >= trial) {
    // Where hardly any hash was met lately, looking for them takes longer than it saves.
    if (passed_ > sifted_ - sifted_ / 16) unsifted_ = 16 * trial;
    sifted_ = 0;
    passed_ = 0;
  }
  return std::span(wanted_).first(count);
}

void DistinctHashes::forget_recent() {
  // Every place holds a hash that belongs to another one.
  recent_.assign(std::size_t{1} << recent_bits, 0);
  recent_.front() = UINT64_MAX;
}

std::vector<std::uint64_t> DistinctHashes::kept() const {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(static_cast<std::size_t>(collected_size_));
  // Nothing that is only in memory can fail to be read.
  (void)collected_.visit_counts([&](const auto& entry) {
    if (!next_ || entry.first < *next_) hashes.push_back(entry.first);
  });
  return hashes;
}

void DistinctHashes::keep(std::vector<std::uint64_t> hashes) {
  if (hashes.size() > most_) next_ = drop_largest(hashes, most_);
  collected_.clear();
  collected_.add(hashes);
  collected_size_ = hashes.size();
}

void DistinctHashes::merge(const DistinctHashes& other) {
  if (other.next_ && (!next_ || *other.next_ < *next_)) {
    next_ = other.next_;
    keep(kept());
  }
  add(other.kept());
}

void DistinctHashes::exchange(StateArchive& archive) {
  std::vector<std::uint64_t> hashes = archive.reads() ? std::vector<std::uint64_t>() : kept();
  archive(hashes, next_);
  if (!archive.reads()) return;
  recent_.clear();
  const auto unsound = [&](std::uint64_t hash) { return next_ && hash >= *next_; };
  if (archive.malformed() || std::any_of(hashes.begin(), hashes.end(), unsound)) {
    archive.refuse();
    *this = DistinctHashes(most_);
    return;
  }
  keep(std::move(hashes));
}

DistinctHashes::Count DistinctHashes::count() const {
  if (!next_) {
    // Nothing that is only in memory can fail to be read.
    const std::uint64_t different = *collected_.distinct();
    if (different <= most_) return {static_cast<double>(different), true};
  }
  std::vector<std::uint64_t> hashes = kept();
  const std::uint64_t next = hashes.size() > most_ ? drop_largest(hashes, most_) : *next_;
  constexpr double all_hashes = 18446744073709551616.0;
  return {static_cast<double>(hashes.size()) / (static_cast<double>(next) / all_hashes), false};
}

}  // namespace synthgen
