#include "synthgen/analyze/counting/sequence_counts.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

TEST(LargestCount, IsThatOfTheMostFrequentId) {
  SequenceCounter counter;
  const auto largest = [&](const Tokens& tokens) { return counter(tokens).largest; };
  EXPECT_EQ(largest(Tokens{}), 0U);
  EXPECT_EQ(largest(Tokens{7}), 1U);
  EXPECT_EQ(largest(Tokens{1, 2, 1, 3, 1}), 3U);
  EXPECT_EQ(largest(Tokens{0xFFFFFFFF, 0, 0xFFFFFFFF}), 2U);
  EXPECT_EQ(largest(Tokens{1048576, 1, 1, 1, 1048576}), 3U);
  EXPECT_EQ(largest(Tokens{1, 2, 3}), 1U) << "a call left counts over";
}

TEST(SequenceCounts, OfIdsThatOccurVeryOftenFollowTheFormula) {
  SequenceCounter counter;
  Tokens tokens(5000, 3);
  tokens.resize(9000, 8);
  for (const std::uint32_t rare : {9U, 0xFFFFFFFFU}) {
    tokens.push_back(rare);
    const CountSummary counts = counter(tokens);
    EXPECT_EQ(counts.largest, 5000U);
    EXPECT_NEAR(counts.entropy_bits, testing::reference_entropy(tokens), 1e-12);
  }
}

}  // namespace
}  // namespace synthgen
