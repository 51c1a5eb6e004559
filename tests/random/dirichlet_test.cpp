#include "synthgen/random/dirichlet.hpp"

#include <gtest/gtest.h>
#include <numeric>

#include "support/statistical.hpp"

namespace synthgen {
namespace {

/// First components of many rows, each divided by its row's sum.
std::vector<double> first_shares(std::uint32_t size, double alpha) {
  const DirichletRows rows(size, alpha);
  const WordStream words({7, Split::val, 3}, Substream{40});
  std::vector<double> shares;
  for (std::uint64_t row = 0; row < 4000; ++row) {
    const std::vector<double> draw = rows.draw(words, row);
    EXPECT_EQ(draw.size(), size);
    shares.push_back(draw[0] / std::accumulate(draw.begin(), draw.end(), 0.0));
  }
  return shares;
}

TEST(DirichletRows, HaveTheMeanAndTheVarianceOfTheirLaw) {
  for (const double alpha : {0.05, 0.5, 1.0, 2.5, 40.0}) {
    for (const std::uint32_t size : {2U, 3U, 10U}) {
      SCOPED_TRACE(alpha);
      std::vector<double> shares = first_shares(size, alpha);
      const double mean = 1.0 / size;
      EXPECT_TRUE(testing::has_mean(shares, mean));
      for (double& share : shares) share = (share - mean) * (share - mean);
      EXPECT_TRUE(testing::has_mean(shares, mean * (1 - mean) / (size * alpha + 1)));
    }
  }
}

TEST(DirichletRows, OfTwoUniformComponentsAreUniform) {
  const std::vector<double> shares = first_shares(2, 1);
  std::vector<std::uint64_t> counts(20);
  for (const double share : shares) ++counts[static_cast<std::size_t>(share * 20)];
  EXPECT_TRUE(testing::follows(counts, std::vector<double>(20, 1.0 / 20)));
}

TEST(DirichletRows, AreAddressedByTheirNumber) {
  const DirichletRows rows(5, 0.3);
  const WordStream words({1, Split::train, 2}, Substream{40});
  const std::vector<double> later = rows.draw(words, 1000000);
  EXPECT_NE(rows.draw(words, 0), later);
  EXPECT_EQ(rows.draw(words, 1000000), later);
  EXPECT_NE(rows.draw(WordStream({1, Split::train, 3}, Substream{40}), 1000000), later);
}

TEST(DirichletRows, KeepOneComponentWhenAllButOneVanish) {
  const DirichletRows rows(4, 0.01);
  const WordStream words({9, Split::train, 0}, Substream{40});
  for (std::uint64_t row = 0; row < 200; ++row) {
    const std::vector<double> draw = rows.draw(words, row);
    EXPECT_EQ(*std::max_element(draw.begin(), draw.end()), 1);
    for (const double each : draw) EXPECT_GE(each, 0);
  }
}

}  // namespace
}  // namespace synthgen
