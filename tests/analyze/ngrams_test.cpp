#include "synthgen/analyze/measures/ngrams.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/functions.hpp"

#include <gtest/gtest.h>
#include <limits>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

std::vector<NgramCount> most_common(const SequenceBatch& batch, unsigned n, unsigned top) {
  NgramAccumulator ngrams({.ngram = n, .top = top});
  ngrams.add(batch);
  return testing::value_of(ngrams.most_common());
}

std::vector<NgramCount> reference(const SequenceBatch& batch, unsigned n, std::size_t top) {
  std::vector<NgramCount> expected;
  for (auto& [pattern, count] : testing::reference_patterns(batch, n, top)) {
    expected.push_back({pattern, count});
  }
  return expected;
}

TEST(Ngrams, KnownAnswer) {
  const SequenceBatch batch = batch_of({{1, 2, 3, 1, 2, 3}, {2, 3, 1}, {7, 7}});
  EXPECT_EQ(detect_patterns(batch),
            (std::vector<NgramCount>{{{1, 2, 3}, 2}, {{2, 3, 1}, 2}, {{3, 1, 2}, 1}}));
  EXPECT_EQ(detect_patterns(batch, 2)[0], (NgramCount{{2, 3}, 3}));
}

TEST(Ngrams, DoNotCrossSequences) {
  EXPECT_TRUE(detect_patterns(batch_of({{1, 2}, {3}, {}, {4, 5}})).empty());
}

TEST(Ngrams, TiesStandInLexicographicOrderOfNumbers) {
  const auto ngrams = most_common(batch_of({{10, 1}, {9, 2}, {9, 1}, {4294967295, 0}}), 2, 10);
  EXPECT_EQ(ngrams, (std::vector<NgramCount>{
                        {{9, 1}, 1}, {{9, 2}, 1}, {{10, 1}, 1}, {{4294967295, 0}, 1}}));
}

TEST(Ngrams, TenAreReportedByDefault) {
  SequenceBatch batch;
  for (std::uint32_t i = 0; i < 30; ++i) batch.append(testing::Tokens{i, i, i});
  const auto ngrams = detect_patterns(batch);
  ASSERT_EQ(ngrams.size(), 10U);
  EXPECT_EQ(ngrams.back(), (NgramCount{{9, 9, 9}, 1}));
}

TEST(Ngrams, AnyNumberMayBeAskedFor) {
  const SequenceBatch batch = batch_of({{1, 2, 3}});
  EXPECT_EQ(most_common(batch, 1, 2).size(), 2U);
  EXPECT_EQ(most_common(batch, 1, 1000).size(), 3U);
  EXPECT_EQ(most_common(batch, 1, std::numeric_limits<unsigned>::max()).size(), 3U);
}

TEST(Ngrams, AgreeWithAnOrderedMap) {
  for (unsigned n = 1; n <= 16; ++n) {
    const SequenceBatch batch = testing::random_batch(n, 400);
    EXPECT_EQ(most_common(batch, n, 25), reference(batch, n, 25)) << n;
  }
}

TEST(Ngrams, AgreeWhenTheTableGrowsManyTimes) {
  SequenceBatch batch;
  PhiloxEngine source(3);
  for (std::uint32_t& token : batch.append(50000)) token = source() % 200;
  EXPECT_EQ(most_common(batch, 2, 50), reference(batch, 2, 50));
}

TEST(Ngrams, MergedFromPartsAreTheSame) {
  const SequenceBatch batch = testing::random_batch(9, 300);
  NgramAccumulator merged({.ngram = 2, .top = 40});
  for (std::size_t part = 3; part-- > 0;) {
    NgramAccumulator accumulator({.ngram = 2, .top = 40});
    accumulator.add(testing::part_of(batch, part * 100, 100));
    merged.merge(accumulator);
  }
  EXPECT_EQ(testing::value_of(merged.most_common()), reference(batch, 2, 40));
}

TEST(Ngrams, OfAnImpossibleLengthAreNone) {
  const SequenceBatch batch = batch_of({{1, 2, 3}});
  EXPECT_TRUE(detect_patterns(batch, 0).empty());
  EXPECT_TRUE(detect_patterns(batch, 17).empty());
}

}  // namespace
}  // namespace synthgen
