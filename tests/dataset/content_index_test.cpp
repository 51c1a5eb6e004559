#include "synthgen/dataset/content_index.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::Tokens;
using Places = std::vector<std::uint64_t>;

/// The places of equal sequences, each group in the order of its visit; groups by their first.
std::vector<Places> groups_of(ContentIndex& index) {
  std::vector<Places> groups;
  const Result<void> visited = index.visit([&](const ContentIndex::Entry& entry, bool repeated) {
    if (!repeated) groups.emplace_back();
    groups.back().push_back(entry.place);
  });
  EXPECT_TRUE(visited) << visited.error().message;
  std::sort(groups.begin(), groups.end());
  return groups;
}

constexpr std::uint64_t plenty = std::uint64_t{1} << 30;

TEST(ContentIndex, BringsEqualSequencesTogetherInTheOrderOfTheirPlaces) {
  ContentIndex index(plenty);
  EXPECT_EQ(groups_of(index), std::vector<Places>());
  const std::vector<Tokens> sequences{{1, 2}, {2, 1}, {1, 2}, {}, {1}, {1, 2}, {}};
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    ASSERT_TRUE(index.add(sequences[i], 10 * i));
  }
  EXPECT_EQ(groups_of(index), (std::vector<Places>{{0, 20, 50}, {10}, {30, 60}, {40}}));
  EXPECT_EQ(index.spilled_bytes(), 0U);
}

TEST(ContentIndex, MayBeVisitedAndAddedToInTurn) {
  ContentIndex index(plenty);
  ASSERT_TRUE(index.add(Tokens{7}, 1));
  EXPECT_EQ(groups_of(index), (std::vector<Places>{{1}}));
  ASSERT_TRUE(index.add(Tokens{3}, 2));
  ASSERT_TRUE(index.add(Tokens{7}, 3));
  EXPECT_EQ(groups_of(index), (std::vector<Places>{{1, 3}, {2}}));
  EXPECT_EQ(groups_of(index), (std::vector<Places>{{1, 3}, {2}}));
}

TEST(ContentIndex, FindsTheSameWithAFileAsInMemory) {
  constexpr std::uint64_t count = 30000;
  constexpr std::uint64_t little = std::uint64_t{1} << 16;
  ContentIndex in_memory(plenty);
  ContentIndex with_file(little);
  std::map<std::uint32_t, Places> expected;
  PhiloxEngine rng(5);
  for (std::uint64_t place = 0; place < count; ++place) {
    const std::uint32_t id = rng() % 9000;
    expected[id].push_back(place);
    ASSERT_TRUE(in_memory.add(Tokens{id, 1}, place));
    ASSERT_TRUE(with_file.add(Tokens{id, 1}, place));
  }
  std::vector<Places> groups;
  for (const auto& [id, places] : expected) groups.push_back(places);
  std::sort(groups.begin(), groups.end());
  EXPECT_EQ(groups_of(in_memory), groups);
  EXPECT_GT(with_file.spilled_bytes(), count * sizeof(ContentIndex::Entry) / 2);
  EXPECT_EQ(groups_of(with_file), groups);
}

}  // namespace
}  // namespace synthgen
