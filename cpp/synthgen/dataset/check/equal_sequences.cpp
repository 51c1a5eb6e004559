#include "synthgen/dataset/check/equal_sequences.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// A place is a number that ascends as sequences come: the source in the upper 24 bits, the line
/// in the lower 40.
constexpr unsigned line_bits = 40;

constexpr std::uint64_t line_of(std::uint64_t place) {
  return place & ((std::uint64_t{1} << line_bits) - 1);
}

}  // namespace

const EqualSequences::Source& EqualSequences::source_of(std::uint64_t place) const {
  return sources_[static_cast<std::size_t>(place >> line_bits)];
}

std::string EqualSequences::text_of(std::uint64_t place) const {
  return Fault::place_text(source_of(place).name, line_of(place));
}

void EqualSequences::Pairs::add(Pair pair, std::size_t places) {
  ++count;
  first.insert(std::upper_bound(first.begin(), first.end(), pair), pair);
  if (first.size() > places) first.pop_back();
}

Result<void> EqualSequences::add(std::span<const std::uint32_t> content, std::uint64_t line) {
  return contents_.add(content,
                       static_cast<std::uint64_t>(sources_.size() - 1) << line_bits | line);
}

FaultTally EqualSequences::tally(FaultKind kind, const Pairs& pairs) const {
  FaultTally tally;
  tally.count = pairs.count;
  for (const Pair& pair : pairs.first) {
    tally.first.push_back({kind, source_of(pair.place).name, line_of(pair.place),
                           "has the ids of " + text_of(pair.like)});
  }
  return tally;
}

Result<EqualSequences::Found> EqualSequences::find() {
  Pairs duplicates;
  Pairs overlaps;
  std::vector<std::uint64_t> seen;  // of the sequences that are equal now, each split's first
  const Result<double> visited = contents_.visit([&](std::uint64_t place, bool repeated) {
    if (!repeated) seen.clear();
    const auto same_split = [&](std::uint64_t other) {
      return source_of(other).split == source_of(place).split;
    };
    const auto earlier = std::find_if(seen.begin(), seen.end(), same_split);
    if (earlier != seen.end()) duplicates.add({place, *earlier}, places_);
    const auto elsewhere = std::find_if_not(seen.begin(), seen.end(), same_split);
    if (elsewhere != seen.end()) overlaps.add({place, *elsewhere}, places_);
    if (earlier == seen.end()) seen.push_back(place);
  });
  if (!visited) return tl::unexpected(visited.error());
  return Found{tally(FaultKind::duplicate, duplicates), tally(FaultKind::split_overlap, overlaps)};
}

}  // namespace synthgen
