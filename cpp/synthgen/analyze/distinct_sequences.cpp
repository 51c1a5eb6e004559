#include "synthgen/analyze/distinct_sequences.hpp"

#include <algorithm>
#include <cmath>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

constexpr std::uint64_t first_compaction = 4096;

}  // namespace

DistinctSequences::DistinctSequences(const CountLimits& limits)
    : limits_(limits),
      compact_at_(static_cast<std::size_t>(std::min(first_compaction, most_hashes()))) {}

std::uint64_t DistinctSequences::most_hashes() const noexcept {
  return std::max<std::uint64_t>(16, limits_.bytes / sizeof(Hash));
}

std::span<const std::uint32_t> DistinctSequences::words(const std::vector<Hash>& hashes) noexcept {
  static_assert(sizeof(Hash) == std::tuple_size_v<Hash> * sizeof(std::uint32_t));
  return {reinterpret_cast<const std::uint32_t*>(hashes.data()),
          hashes.size() * std::tuple_size_v<Hash>};
}

void DistinctSequences::compact(std::vector<Hash>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool DistinctSequences::in_sample(const Hash& hash, unsigned level) noexcept {
  return (hash.back() & ((std::uint64_t{1} << level) - 1)) == 0;
}

void DistinctSequences::sample(std::vector<Hash>& hashes, std::uint32_t& level) const {
  while (hashes.size() > most_hashes() / 2 && level < most_levels) {
    ++level;
    std::erase_if(hashes, [&](const Hash& hash) { return !in_sample(hash, level); });
  }
}

void DistinctSequences::add(std::span<const std::uint32_t> sequence) {
  const XXH128_hash_t hash = XXH3_128bits(sequence.data(), sequence.size_bytes());
  const Hash words{
      static_cast<std::uint32_t>(hash.high64 >> 32), static_cast<std::uint32_t>(hash.high64),
      static_cast<std::uint32_t>(hash.low64 >> 32), static_cast<std::uint32_t>(hash.low64)};
  if (!in_sample(words, level_)) return;
  hashes_.push_back(words);
  if (hashes_.size() >= compact_at_) keep_limit();
}

void DistinctSequences::keep_limit() {
  compact(hashes_);
  const std::uint64_t most = most_hashes();
  if (hashes_.size() > most / 2) {
    if (samples()) {
      sample(hashes_, level_);
    } else if (Result<void> written = runs_.append(words(hashes_)); written) {
      hashes_.clear();
    } else {
      failure_ = std::move(written.error());
      limits_.bytes = UINT64_MAX;
    }
  }
  const std::uint64_t doubled = std::max<std::uint64_t>(first_compaction, 2 * hashes_.size());
  compact_at_ = static_cast<std::size_t>(std::min<std::uint64_t>(doubled, most));
}

void DistinctSequences::merge(const DistinctSequences& other) {
  if (other.failure_) failure_ = other.failure_;
  runs_.merge(other.runs_);
  level_ = std::max(level_, other.level_);
  hashes_.insert(hashes_.end(), other.hashes_.begin(), other.hashes_.end());
  std::erase_if(hashes_, [&](const Hash& hash) { return !in_sample(hash, level_); });
  keep_limit();
}

void DistinctSequences::exchange(StateArchive& archive) {
  if (!archive.reads() && !runs_.empty()) {
    std::vector<Hash> all;
    compact(hashes_);
    const Result<void> read =
        runs_.visit(words(hashes_), [&](std::span<const std::uint32_t> record) {
          all.emplace_back();
          std::copy(record.begin(), record.end(), all.back().begin());
        });
    if (!read) failure_ = read.error();
    compact(all);
    return archive(level_, all);
  }
  archive(level_, hashes_);
  if (!archive.reads()) return;
  runs_ = SortedRuns(std::tuple_size_v<Hash>);
  if (level_ > most_levels) {
    level_ = 0;
    archive.refuse();
  }
  keep_limit();
}

Result<DistinctSequences::Count> DistinctSequences::count() const {
  std::vector<Hash> hashes = hashes_;
  std::uint32_t level = level_;
  compact(hashes);
  if (runs_.empty()) {
    if (samples()) sample(hashes, level);
    constexpr double flajolet_factor = 1.2;
    const auto kept = static_cast<double>(std::max<std::size_t>(1, hashes.size()));
    return Count{std::uint64_t{hashes.size()} << level,
                 level == 0 ? 0 : flajolet_factor / std::sqrt(kept)};
  }
  std::uint64_t count = 0;
  Hash last{};
  const Result<void> read = runs_.visit(words(hashes), [&](std::span<const std::uint32_t> record) {
    if (count > 0 && std::equal(record.begin(), record.end(), last.begin())) return;
    std::copy(record.begin(), record.end(), last.begin());
    ++count;
  });
  if (!read) return tl::unexpected(read.error());
  return Count{count, 0};
}

}  // namespace synthgen
