#include "support/statistical.hpp"

#include <numeric>
#include <random>

// The judges judged: each bound passes what it should pass and fails a deliberately wrong source.

namespace synthgen::testing {
namespace {

std::vector<std::uint64_t> rolls(std::size_t faces, std::size_t count, double cheat) {
  std::mt19937_64 source(7);
  std::vector<std::uint64_t> counts(faces);
  for (std::size_t i = 0; i < count; ++i) {
    const bool cheated = static_cast<double>(source() >> 11) * 0x1p-53 < cheat;
    ++counts[cheated ? 0 : static_cast<std::size_t>(source() % faces)];
  }
  return counts;
}

TEST(Statistical, ChiSquaredScoreAgreesWithTabulatedQuantiles) {
  // Upper 0.1 % points from the usual tables; a normal variable exceeds 3.090 as often.
  EXPECT_NEAR(chi_squared_score(29.588, 10), 3.090, 0.02);
  EXPECT_NEAR(chi_squared_score(149.449, 100), 3.090, 0.01);
  EXPECT_NEAR(chi_squared_score(9.342, 10), 0, 0.02);  // the median
}

TEST(Statistical, FairDicePass) {
  EXPECT_TRUE(follows_uniform(rolls(6, 60000, 0)));
  EXPECT_TRUE(follows_uniform(rolls(1000, 60000, 0)));
}

TEST(Statistical, ADieThatCheatsOnceInFiftyFails) {
  EXPECT_FALSE(follows_uniform(rolls(6, 60000, 0.02)));
  EXPECT_FALSE(follows_uniform(rolls(1000, 60000, 0.02)));
}

TEST(Statistical, ACounterThatIsTooEvenFails) {
  EXPECT_FALSE(follows_uniform(std::vector<std::uint64_t>(1000, 60)));
}

TEST(Statistical, AnImpossibleCellFails) {
  const std::uint64_t counts[] = {500, 1, 499};
  const double probabilities[] = {0.5, 0, 0.5};
  EXPECT_FALSE(follows(counts, probabilities));
}

TEST(Statistical, RareCellsArePooled) {
  std::vector<std::uint64_t> counts(1000, 0);
  std::vector<double> probabilities(1000, 0.5 / 999);
  counts[0] = 480;
  probabilities[0] = 0.5;
  for (std::size_t i = 1; i <= 520; ++i) counts[i] = 1;
  EXPECT_FALSE(follows(counts, probabilities)) << "the first half of the cells has everything";
  std::fill(counts.begin() + 1, counts.end(), 0);
  std::mt19937_64 source(1);
  for (int i = 0; i < 520; ++i) ++counts[1 + static_cast<std::size_t>(source() % 999)];
  EXPECT_TRUE(follows(counts, probabilities));
}

TEST(Statistical, AFrequencyIsToldFromItsNeighbour) {
  EXPECT_TRUE(happens_with(0.3, 30100, 100000));
  EXPECT_FALSE(happens_with(0.31, 30100, 100000));
  EXPECT_TRUE(happens_with(0, 0, 10));
  EXPECT_FALSE(happens_with(0, 1, 10));
  EXPECT_TRUE(happens_with(1, 10, 10));
  EXPECT_FALSE(happens_with(1, 9, 10));
}

TEST(Statistical, AMeanIsToldFromItsNeighbour) {
  std::vector<double> values(10000);
  std::mt19937_64 source(3);
  for (double& value : values) value = static_cast<double>(source() % 101) / 100;
  EXPECT_TRUE(has_mean(values, 0.5));
  EXPECT_FALSE(has_mean(values, 0.52));
}

TEST(Statistical, WhatIsNotANumberHasNoMean) {
  const double values[] = {0.5, std::nan(""), 0.5};
  EXPECT_FALSE(has_mean(values, 0.5));
  EXPECT_FALSE(has_mean(std::span(values).first(1), 0.7)) << "one value has no variance";
}

}  // namespace
}  // namespace synthgen::testing
