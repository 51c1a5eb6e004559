#include "synthgen/analyze/counting/fixed_sum.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace synthgen {
namespace {

constexpr double largest_term = 16777216;  // 2^24

double sum_of(const std::vector<double>& terms) {
  FixedSum sum;
  for (const double term : terms) sum.add(term);
  return sum.value();
}

TEST(FixedSum, IsTheSameInAnyOrder) {
  std::mt19937_64 source(5);
  std::vector<double> terms;
  for (int i = 0; i < 2000; ++i) {
    const double unit = static_cast<double>(source() >> 11) * 0x1p-53;
    const double scales[] = {1e-12, 1.0, 2 * largest_term};
    terms.push_back((unit - 0.5) * scales[i % 3]);
  }
  const double expected = sum_of(terms);
  double plain = 0;
  for (const double term : terms) plain += term;
  bool plain_differs = false;
  for (int round = 0; round < 50; ++round) {
    std::shuffle(terms.begin(), terms.end(), source);
    ASSERT_EQ(sum_of(terms), expected);
    double shuffled = 0;
    for (const double term : terms) shuffled += term;
    plain_differs = plain_differs || shuffled != plain;
  }
  EXPECT_TRUE(plain_differs) << "a plain sum would have passed this test";
  EXPECT_NEAR(expected, plain, 1e-3);
}

TEST(FixedSum, IsTheSameMergedFromAnyParts) {
  std::mt19937_64 source(6);
  std::vector<double> terms(500);
  for (double& term : terms) term = static_cast<double>(source() >> 11) * 0x1p-53;
  for (const std::size_t parts : {1U, 2U, 7U, 500U}) {
    std::vector<FixedSum> sums(parts);
    for (std::size_t i = 0; i < terms.size(); ++i) sums[i % parts].add(terms[i]);
    std::shuffle(sums.begin(), sums.end(), source);
    FixedSum all;
    for (const FixedSum& sum : sums) all.merge(sum);
    EXPECT_EQ(all.value(), sum_of(terms));
  }
}

TEST(FixedSum, KnownAnswers) {
  EXPECT_EQ(sum_of({}), 0);
  EXPECT_EQ(sum_of({0.5, 0.25, -1}), -0.25);
  EXPECT_EQ(sum_of({largest_term, -largest_term}), 0);
  EXPECT_EQ(sum_of({largest_term, 0x1p-52, -largest_term}), 0x1p-52)
      << "lost beside the large terms";
  EXPECT_EQ(sum_of({-largest_term, -largest_term}), -2 * largest_term);
  EXPECT_NEAR(sum_of(std::vector<double>(10, 0.1)), 1, 1e-16);
}

TEST(FixedSum, ManyTermsOfTheLargestSizeDoNotOverflow) {
  // 2^40 terms of 2^24, by doubling.
  for (const double sign : {1.0, -1.0}) {
    FixedSum sum;
    sum.add(sign * largest_term);
    for (int i = 0; i < 40; ++i) {
      const FixedSum same = sum;
      sum.merge(same);
    }
    EXPECT_EQ(sum.value(), sign * 0x1p64);
  }
}

TEST(FixedMean, IsTheMeanInAnyOrderOfAddingAndMerging) {
  FixedMean whole;
  EXPECT_FALSE(whole.value());
  FixedMean parts[2];
  for (const double term : {0.5, 0.25, 3.0}) {
    whole.add(term);
    parts[term < 1 ? 0 : 1].add(term);
  }
  parts[1].merge(parts[0]);
  EXPECT_EQ(whole.value(), 1.25);
  EXPECT_EQ(parts[1].value(), whole.value());
}

}  // namespace
}  // namespace synthgen
