#include "synthgen/analyze/shortcuts/sequence_sample.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {

std::span<const std::int64_t> content_labels(const SequenceBatch& batch, std::size_t i) noexcept {
  const auto labels = batch.labels_of(i);
  return labels.first(std::min(labels.size(), batch.content(i).size()));
}

SequenceSample::Hash SequenceSample::hash_of(std::span<const std::uint32_t> tokens,
                                             std::span<const std::int64_t> labels) noexcept {
  const XXH64_hash_t seed =
      labels.empty() ? 0 : XXH3_64bits(labels.data(), labels.size_bytes()) | 1;
  const XXH128_hash_t hash = XXH3_128bits_withSeed(tokens.data(), tokens.size_bytes(), seed);
  return {hash.high64, hash.low64};
}

void SequenceSample::add(const Hash& hash, const SequenceBatch& batch, std::size_t i) {
  sequences_.count(hash, 1, [&] {
    const auto tokens = batch.content(i);
    const auto labels = content_labels(batch, i);
    return SampledSequence{{tokens.begin(), tokens.end()}, {labels.begin(), labels.end()}};
  });
}

void SequenceSample::exchange(StateArchive& archive) {
  sequences_.exchange(archive, [](const Hash& hash, const SampledSequence& sequence) {
    return (sequence.labels.empty() || sequence.labels.size() == sequence.tokens.size()) &&
           std::all_of(sequence.labels.begin(), sequence.labels.end(), is_label) &&
           hash == hash_of(sequence.tokens, sequence.labels);
  });
}

std::uint64_t SequenceSample::count() const noexcept {
  std::uint64_t count = 0;
  for (const auto& [hash, entry] : entries()) count += entry.times;
  return count;
}

std::uint64_t SequenceSample::tokens() const noexcept {
  std::uint64_t tokens = 0;
  for (const auto& [hash, entry] : entries()) tokens += entry.times * entry.value.tokens.size();
  return tokens;
}

}  // namespace synthgen
