#include "synthgen/dataset/curriculum/complexity_order.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

/// For each complexity the ranges that it lies in, as a text such as "01".
std::vector<std::string> contained(ComplexityScale scale,
                                   const std::vector<ComplexityRange>& ranges,
                                   const std::vector<double>& complexities) {
  ComplexityOrder order(scale, ranges);
  for (const double complexity : complexities) order.learn(complexity);
  order.finish();
  std::vector<std::string> texts;
  for (const double complexity : complexities) {
    std::string text;
    for (const char in : order.contains(complexity)) text += in != 0 ? '1' : '0';
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(ComplexityMeter, IsTheEntropyOverItsMaximum) {
  ComplexityMeter complexity(ComplexityMeasure::entropy, 100);
  EXPECT_EQ(complexity(Tokens{1, 2, 3, 4}), 1);
  EXPECT_EQ(complexity(Tokens{1, 1, 2, 2}), 0.5);
  EXPECT_EQ(complexity(Tokens{7, 7, 7}), 0);
  EXPECT_EQ(complexity(Tokens{7}), 0);
  EXPECT_EQ(complexity(Tokens{}), 0);
  ComplexityMeter of_two_ids(ComplexityMeasure::entropy, 2);
  EXPECT_EQ(of_two_ids(Tokens{0, 0, 1, 1}), 1);
}

TEST(ComplexityMeter, IsTheMeasureOfThatName) {
  const SequenceBatch batch = testing::random_batch(3, 60);
  ComplexityMeter entropy(ComplexityMeasure::entropy, 50);
  ComplexityMeter lz(ComplexityMeasure::lz, 50);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(entropy(batch[i]), entropy_complexity(batch[i], 50));
    EXPECT_EQ(lz(batch[i]), lz_complexity(batch[i], 50));
  }
}

TEST(ComplexityOrder, RawBoundsAreComplexitiesThemselvesIncluded) {
  EXPECT_EQ(contained(ComplexityScale::raw, {{0, 0.3}, {0.3, 1}}, {0.9, 0.3, 0, 0.31}),
            (Texts{"01", "11", "10", "01"}));
}

TEST(ComplexityOrder, QuantileBoundsAreRanksFromZeroToOne) {
  // Ranks 4, 1, 0, 2, 3 of 5: quantiles 1, 0.25, 0, 0.5, 0.75.
  EXPECT_EQ(contained(ComplexityScale::quantile, {{0, 0.25}, {0.25, 0.6}, {0.75, 1}},
                      {0.9, 0.2, 0.1, 0.3, 0.8}),
            (Texts{"001", "110", "100", "010", "001"}));
}

TEST(ComplexityOrder, EqualOnesRankInTheirOrder) {
  EXPECT_EQ(contained(ComplexityScale::quantile, {{0, 0.5}, {0.5, 1}}, {0.4, 0.4, 0.4, 0.4, 0.4}),
            (Texts{"10", "10", "11", "01", "01"}));
}

TEST(ComplexityOrder, ASingleSequenceHasTheFirstRank) {
  EXPECT_EQ(contained(ComplexityScale::quantile, {{0, 0.1}, {0.1, 1}}, {0.8}), Texts{"10"});
  EXPECT_EQ(contained(ComplexityScale::quantile, {{0, 1}}, {}), Texts());
}

TEST(ComplexityOrder, AgreesWithSortingOutTheRanks) {
  PhiloxEngine rng(8);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> complexities(1 + rng() % 30);
    for (double& each : complexities) each = static_cast<double>(rng() % 6) / 5;
    const double a = static_cast<double>(rng() % 11) / 10;
    const double b = static_cast<double>(rng() % 11) / 10;
    const ComplexityRange range{std::min(a, b), std::max(a, b)};
    std::vector<std::size_t> by_rank(complexities.size());
    std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
    std::stable_sort(by_rank.begin(), by_rank.end(), [&](std::size_t i, std::size_t j) {
      return complexities[i] < complexities[j];
    });
    Texts expected(complexities.size());
    for (std::size_t rank = 0; rank < by_rank.size(); ++rank) {
      const double quantile =
          by_rank.size() < 2 ? 0
                             : static_cast<double>(rank) / static_cast<double>(by_rank.size() - 1);
      const bool in = quantile >= range.minimum && quantile <= range.maximum;
      expected[by_rank[rank]] = in ? "1" : "0";
    }
    ASSERT_EQ(contained(ComplexityScale::quantile, {range}, complexities), expected)
        << range.minimum << " to " << range.maximum;
  }
}

}  // namespace
}  // namespace synthgen
