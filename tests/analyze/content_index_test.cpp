#include "synthgen/analyze/hashing/content_index.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::Tokens;
using testing::value_of;
using Places = std::vector<std::uint64_t>;

/// The places of equal sequences, each group in the order of its visit; groups by their first.
std::vector<Places> groups_of(const ContentIndex& index) {
  std::vector<Places> groups;
  const double sampled = value_of(index.visit([&](std::uint64_t place, bool repeated) {
    if (!repeated) groups.emplace_back();
    groups.back().push_back(place);
  }));
  EXPECT_EQ(sampled, 1);
  std::sort(groups.begin(), groups.end());
  return groups;
}

constexpr CountLimits plenty{};

TEST(ContentIndex, BringsEqualSequencesTogetherInTheOrderOfTheirPlaces) {
  ContentIndex index(plenty);
  EXPECT_EQ(groups_of(index), std::vector<Places>());
  const std::vector<Tokens> sequences{{1, 2}, {2, 1}, {1, 2}, {}, {1}, {1, 2}, {}};
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    ASSERT_TRUE(index.add(sequences[i], 10 * i));
  }
  EXPECT_EQ(groups_of(index), (std::vector<Places>{{0, 20, 50}, {10}, {30, 60}, {40}}));
  EXPECT_FALSE(index.uses_file());
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
  if (!can_spill) GTEST_SKIP() << "no file system";
  constexpr std::uint64_t count = 30000;
  constexpr CountLimits little{.bytes = 1 << 16};
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
  EXPECT_TRUE(with_file.uses_file());
  EXPECT_EQ(groups_of(with_file), groups);
}

}  // namespace
}  // namespace synthgen
