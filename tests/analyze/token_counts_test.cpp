#include "synthgen/analyze/token_counts.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

TEST(TokenCounts, CountsSmallAndLargeIds) {
  TokenCounts counts;
  counts.add(Tokens{5, 5, 0, 0xFFFFFFFF, 1048575, 1048576, 1048576});
  counts.add(Tokens{5, 0xFFFFFFFF});
  counts.add(Tokens{});
  EXPECT_EQ(counts.total(), 9U);
  EXPECT_EQ(counts.distinct(), 5U);
  EXPECT_EQ(counts.sorted(), (std::map<std::uint32_t, std::uint64_t>{
                                 {0, 1}, {5, 3}, {1048575, 1}, {1048576, 2}, {0xFFFFFFFF, 2}}));
}

TEST(TokenCounts, WithoutTokensAreEmpty) {
  const TokenCounts counts;
  EXPECT_EQ(counts.total(), 0U);
  EXPECT_EQ(counts.distinct(), 0U);
  EXPECT_TRUE(counts.sorted().empty());
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
  EXPECT_EQ(added.sorted(), expected);
  EXPECT_EQ(merged.sorted(), expected);
  EXPECT_EQ(added.distinct(), expected.size());
  EXPECT_EQ(merged.total(), batch.tokens.size());
}

}  // namespace
}  // namespace synthgen
