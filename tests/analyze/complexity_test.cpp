#include "synthgen/analyze/measures/complexity.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

PhraseCount phrases(const Tokens& sequence) {
  return PhraseCounter()(sequence);
}

TEST(Phrases, KnownAnswers) {
  EXPECT_EQ(phrases({}), (PhraseCount{0, 0}));
  EXPECT_EQ(phrases({7}), (PhraseCount{1, 1}));
  EXPECT_EQ(phrases({7, 7, 7, 7, 7}), (PhraseCount{2, 1}));     // 7 7777
  EXPECT_EQ(phrases({1, 2, 1, 2, 1, 2}), (PhraseCount{3, 2}));  // 1 2 1212
  EXPECT_EQ(phrases({1, 2, 3, 4}), (PhraseCount{4, 4}));
  // Lempel and Ziv's own example, as Kaspar and Schuster 1987 have it.
  EXPECT_EQ(phrases({0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1}), (PhraseCount{6, 2}));
}

TEST(Phrases, AgreeWithTryingEveryEarlierPlace) {
  PhraseCounter counter;
  PhiloxEngine source(5);
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t ids = 1 + source() % (round % 2 == 0 ? 4 : 60);
    const std::uint32_t first = round % 5 == 0 ? 0xFFFFFFFF - ids : 0;
    Tokens sequence(source() % 120);
    const std::size_t period = 1 + source() % 100;
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      const bool copies = t >= period && source() % 20 != 0;
      sequence[t] = copies ? sequence[t - period] : first + source() % ids;
    }
    ASSERT_EQ(counter(sequence).phrases, testing::reference_phrases(sequence)) << round;
  }
}

TEST(Phrases, OfMillionsOfTokensAreCountedInTimeThatGrowsWithThem) {
  constexpr std::size_t size = 1'000'000;
  PhraseCounter counter;
  EXPECT_EQ(counter(Tokens(size, 9)).phrases, 2U);
  Tokens alternating(size);
  for (std::size_t t = 0; t < size; ++t) alternating[t] = t % 2 == 0 ? 5 : 0xFFFFFFFF;
  EXPECT_EQ(counter(alternating).phrases, 3U);
}

TEST(LzComplexity, KnownAnswers) {
  EXPECT_EQ(lz_complexity({}), 0);
  EXPECT_EQ(lz_complexity(Tokens{3}), 0);
  EXPECT_EQ(lz_complexity(Tokens(16, 3)), 0);  // an alphabet of one id
  // 2 phrases, 16 tokens, k = 4: 2 log4(16) / 16.
  EXPECT_DOUBLE_EQ(lz_complexity(Tokens(16, 3), 4), 0.25);
  // k = min(100, 16): 2 log16(16) / 16.
  EXPECT_DOUBLE_EQ(lz_complexity(Tokens(16, 3), 100), 0.125);
  EXPECT_DOUBLE_EQ(lz_complexity(Tokens{0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1}),
                   1);  // 6 log2(16) / 16 is above 1
  EXPECT_DOUBLE_EQ(lz_complexity(Tokens{1, 2, 3, 4}, 50), 1);
  // 1 2 1212…: 3 log2(64) / 64.
  Tokens alternating;
  for (std::uint32_t t = 0; t < 64; ++t) alternating.push_back(t % 2);
  EXPECT_DOUBLE_EQ(lz_complexity(alternating), 18.0 / 64);
}

TEST(EntropyComplexity, KnownAnswers) {
  EXPECT_EQ(entropy_complexity({}), 0);
  EXPECT_EQ(entropy_complexity(Tokens{3}), 0);
  EXPECT_EQ(entropy_complexity(Tokens{3}, 10), 0);
  EXPECT_EQ(entropy_complexity(Tokens(16, 3), 10), 0);
  EXPECT_DOUBLE_EQ(entropy_complexity(Tokens{1, 2, 3, 4}, 1000), 1);  // k = L
  EXPECT_DOUBLE_EQ(entropy_complexity(Tokens{1, 1, 2, 2}, 4), 0.5);   // 1 bit of 2
  EXPECT_DOUBLE_EQ(entropy_complexity(Tokens{1, 1, 2, 2}), 1);        // k = 2 ids in it
  EXPECT_DOUBLE_EQ(entropy_complexity(Tokens{1, 1, 1, 2}, 3),
                   (2 - 0.75 * std::log2(3.0)) / std::log2(3.0));
}

TEST(Complexity, LiesBetween0And1) {
  const SequenceBatch batch = testing::random_batch(12, 300);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const auto vocab_size : {std::optional<std::int64_t>(), std::optional<std::int64_t>(1),
                                  std::optional<std::int64_t>(4294967296)}) {
      for (const double value :
           {lz_complexity(batch[i], vocab_size), entropy_complexity(batch[i], vocab_size)}) {
        ASSERT_GE(value, 0);
        ASSERT_LE(value, 1);
      }
    }
  }
}

TEST(Complexity, DoesNotDependOnWhichIdsStandForTheSymbols) {
  PhiloxEngine source(6);
  Tokens sequence(200);
  for (std::uint32_t& token : sequence) token = source() % 3;
  Tokens renamed = sequence;
  for (std::uint32_t& token : renamed) token = token == 0 ? 0xFFFFFFFF : token * 1000003;
  EXPECT_EQ(lz_complexity(renamed, 7), lz_complexity(sequence, 7));
  EXPECT_EQ(entropy_complexity(renamed, 7), entropy_complexity(sequence, 7));
}

}  // namespace
}  // namespace synthgen
