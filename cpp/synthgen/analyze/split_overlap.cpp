#include "synthgen/analyze/split_overlap.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

std::array<std::uint64_t, 2> content_hash(std::span<const std::uint32_t> sequence) {
  const XXH128_hash_t hash = XXH3_128bits(sequence.data(), sequence.size_bytes());
  return {hash.high64, hash.low64};
}

/// Where a split stands among the others.
std::pair<std::size_t, std::string_view> place_of(std::string_view split) {
  constexpr std::array<std::string_view, 3> usual{"train", "val", "test"};
  const auto found = std::find(usual.begin(), usual.end(), split);
  return {static_cast<std::size_t>(found - usual.begin()), split};
}

}  // namespace

void SplitOverlap::Sequences::sort() {
  std::sort(counts.begin(), counts.end());
  auto last = counts.begin();
  for (auto entry = counts.begin(); entry != counts.end(); ++entry) {
    if (entry == counts.begin()) continue;
    if (entry->first == last->first) {
      last->second += entry->second;
    } else {
      *++last = *entry;
    }
  }
  if (!counts.empty()) counts.erase(last + 1, counts.end());
  sorted = counts.size();
}

void SplitOverlap::Sequences::add(const Counted& counted) {
  constexpr std::uint64_t fewest_to_sort = 4096;
  counts.push_back(counted);
  if (counts.size() >= std::max(fewest_to_sort, 2 * sorted)) sort();
}

void SplitOverlap::Sequences::exchange(StateArchive& archive) {
  archive(counts);
  if (archive.reads()) sorted = 0;
}

void SplitOverlap::add(std::string_view split, const SequenceBatch& batch) {
  auto found = splits_.find(split);
  if (found == splits_.end()) found = splits_.emplace(split, Sequences()).first;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!batch.content(i).empty()) found->second.add({content_hash(batch.content(i)), 1});
  }
}

void SplitOverlap::merge(const SplitOverlap& other) {
  for (const auto& [name, sequences] : other.splits_) {
    Sequences& own = splits_[name];
    for (const Counted& counted : sequences.counts) own.add(counted);
  }
}

void SplitOverlap::exchange(StateArchive& archive) {
  // A map with a comparison of its own is written as what it holds.
  std::map<std::string, Sequences> splits(splits_.begin(), splits_.end());
  archive(splits);
  if (archive.reads()) splits_ = {splits.begin(), splits.end()};
}

bool SplitOverlap::contains(std::string_view split, std::span<const std::uint32_t> sequence) {
  const auto found = splits_.find(split);
  if (found == splits_.end()) return false;
  Sequences& sequences = found->second;
  if (sequences.sorted < sequences.counts.size()) sequences.sort();
  const Counted wanted{content_hash(sequence), 0};
  const auto entry = std::lower_bound(sequences.counts.begin(), sequences.counts.end(), wanted);
  return entry != sequences.counts.end() && entry->first == wanted.first;
}

Json SplitOverlap::report() {
  std::vector<std::string_view> names;
  for (auto& [name, sequences] : splits_) {
    sequences.sort();
    names.push_back(name);
  }
  std::sort(names.begin(), names.end(),
            [](std::string_view a, std::string_view b) { return place_of(a) < place_of(b); });
  Json pairs = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = i + 1; j < names.size(); ++j) {
      const std::vector<Counted>& first = splits_.find(names[i])->second.counts;
      std::uint64_t all = 0;
      std::uint64_t shared = 0;
      auto place = first.begin();
      for (const Counted& counted : splits_.find(names[j])->second.counts) {
        all += counted.second;
        while (place != first.end() && place->first < counted.first) ++place;
        if (place != first.end() && place->first == counted.first) shared += counted.second;
      }
      pairs[std::string(names[i]) + '/' + std::string(names[j])] = {
          {"sequences", shared},
          {"share",
           all == 0 ? Json() : Json(static_cast<double>(shared) / static_cast<double>(all))}};
    }
  }
  return pairs;
}

}  // namespace synthgen
