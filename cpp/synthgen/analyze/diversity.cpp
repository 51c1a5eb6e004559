#include "synthgen/analyze/diversity.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

constexpr std::array diversity_measures{
    MeasureInfo{"sequence_diversity", "", "different sequences / sequences", "0 to 1",
                "definition"},
};

}  // namespace

void DistinctSequences::compact(std::vector<Hash>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

void DistinctSequences::add(std::span<const std::uint32_t> sequence) {
  const XXH128_hash_t hash = XXH3_128bits(sequence.data(), sequence.size_bytes());
  hashes_.push_back({hash.high64, hash.low64});
  if (hashes_.size() < compact_at_) return;
  compact(hashes_);
  compact_at_ = std::max<std::size_t>(4096, 2 * hashes_.size());
}

void DistinctSequences::merge(const DistinctSequences& other) {
  hashes_.insert(hashes_.end(), other.hashes_.begin(), other.hashes_.end());
  compact(hashes_);
  compact_at_ = std::max<std::size_t>(4096, 2 * hashes_.size());
}

void DistinctSequences::exchange(StateArchive& archive) {
  archive(hashes_);
  if (archive.reads()) compact_at_ = std::max<std::size_t>(4096, 2 * hashes_.size());
}

std::uint64_t DistinctSequences::count() const {
  std::vector<Hash> hashes = hashes_;
  compact(hashes);
  return hashes.size();
}

void DiversityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) distinct_.add(batch.content(i));
  count_ += batch.size();
}

void DiversityAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DiversityAccumulator&>(other);
  distinct_.merge(from.distinct_);
  count_ += from.count_;
}

std::optional<double> DiversityAccumulator::sequence_diversity() const {
  if (count_ == 0) return std::nullopt;
  return static_cast<double>(distinct_.count()) / static_cast<double>(count_);
}

void DiversityAccumulator::report(ReportSections& sections) const {
  sections.numbers["sequence_diversity"] = or_null(sequence_diversity());
}

void DiversityAccumulator::exchange(StateArchive& archive) {
  archive(distinct_, count_);
}

const MeasureEntry diversity_entry{
    "diversity",
    diversity_measures,
    &make_accumulator<DiversityAccumulator>,
    true,
};

}  // namespace synthgen
