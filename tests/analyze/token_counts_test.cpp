#include "synthgen/analyze/counting/token_counts.hpp"

#include <gtest/gtest.h>
#include <map>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::Tokens;
using testing::value_of;

std::map<std::uint32_t, std::uint64_t> sorted(const TokenCounts& counts) {
  std::map<std::uint32_t, std::uint64_t> entries;
  value_of(counts.visit([&](const TokenCounts::Entry& entry) {
    EXPECT_TRUE(entries.emplace(entry.first, entry.second).second) << entry.first;
  }));
  EXPECT_EQ(value_of(counts.distinct()), entries.size());
  return entries;
}

TEST(TokenCounts, CountsSmallAndLargeIds) {
  TokenCounts counts;
  counts.add(Tokens{5, 5, 0, 0xFFFFFFFF, 1048575, 1048576, 1048576});
  counts.add(Tokens{5, 0xFFFFFFFF});
  counts.add(Tokens{});
  EXPECT_EQ(counts.total(), 9U);
  EXPECT_EQ(sorted(counts), (std::map<std::uint32_t, std::uint64_t>{
                                {0, 1}, {5, 3}, {1048575, 1}, {1048576, 2}, {0xFFFFFFFF, 2}}));
}

TEST(TokenCounts, WithoutTokensAreEmpty) {
  const TokenCounts counts;
  EXPECT_EQ(counts.total(), 0U);
  EXPECT_TRUE(sorted(counts).empty());
}

TEST(TokenCounts, AgreeWithAnOrderedMapWhetherAddedOrMerged) {
  const SequenceBatch batch = testing::random_batch(1, 300);
  TokenCounts added;
  TokenCounts merged;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    added.add(batch[i]);
    TokenCounts one;
    one.add(batch[i]);
    merged.merge(one);
  }
  const auto expected = testing::reference_token_distribution(batch);
  EXPECT_EQ(sorted(added), expected);
  EXPECT_EQ(sorted(merged), expected);
  EXPECT_EQ(merged.total(), batch.tokens.size());
}

TEST(TokenCounts, KnowTheCommonestIds) {
  TokenCounts counts;
  counts.add(Tokens{7, 3000000, 3000000, 5, 4000000000, 4000000000, 7, 9, 7});
  using Entries = std::vector<TokenCounts::Entry>;
  EXPECT_EQ(value_of(counts.commonest(3)), (Entries{{7, 3}, {3000000, 2}, {4000000000, 2}}));
  EXPECT_EQ(value_of(counts.commonest(0)), Entries());
  EXPECT_EQ(value_of(counts.commonest(100)).size(), 5U);
}

/// Two of three ids occur once, the others up to a hundred times.
std::vector<Tokens> large_ids() {
  PhiloxEngine source(8);
  std::vector<Tokens> parts(40);
  for (Tokens& part : parts) {
    for (int i = 0; i < 5000; ++i) {
      part.push_back(source() % 3 == 0 ? 2000000 + source() % 700 : 3000000 + source() % 80000000);
    }
  }
  return parts;
}

TEST(TokenCounts, OfManyLargeIdsAreTheSameWithinALimit) {
  if (!can_spill) GTEST_SKIP() << "no file system";
  TokenCounts free;
  std::vector<TokenCounts> limited;
  for (int i = 0; i < 3; ++i) limited.emplace_back(CountLimits{.bytes = 1 << 16});
  std::size_t parts = 0;
  for (const Tokens& part : large_ids()) {
    free.add(part);
    limited[parts++ % 3].add(part);
  }
  limited[0].merge(limited[2]);
  limited[0].merge(limited[1]);
  EXPECT_EQ(limited[0].undercount(), 0U);
  EXPECT_TRUE(sorted(limited[0]) == sorted(free));
  EXPECT_EQ(limited[0].total(), free.total());
}

TEST(TokenCounts, ThatForgetAreTooLowByAtMostTheUndercount) {
  TokenCounts free;
  TokenCounts limited({.bytes = 1 << 16, .approximate = true});
  for (const Tokens& part : large_ids()) {
    free.add(part);
    limited.add(part);
  }
  ASSERT_GT(limited.undercount(), 0U);
  ASSERT_LT(limited.undercount(), 50U);
  const auto found = sorted(limited);
  for (const auto& [id, count] : sorted(free)) {
    const auto entry = found.find(id);
    const std::uint64_t known = entry == found.end() ? 0 : entry->second;
    ASSERT_LE(known, count);
    ASSERT_LE(count, known + limited.undercount());
  }
}

}  // namespace
}  // namespace synthgen
