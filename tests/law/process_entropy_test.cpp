#include "synthgen/law/process_entropy.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

constexpr double ln_2 = 0.69314718055994530942;

FiniteSource mess3(double x, double a) {
  std::vector<FiniteSource::Transition> steps;
  for (std::uint32_t symbol = 0; symbol < 3; ++symbol) {
    for (std::uint32_t from = 0; from < 3; ++from) {
      for (std::uint32_t to = 0; to < 3; ++to) {
        steps.push_back(
            {symbol, from, to, (from == to ? 1 - 2 * x : x) * (symbol == to ? a : (1 - a) / 2)});
      }
    }
  }
  return {{1.0 / 3, 1.0 / 3, 1.0 / 3}, 3, steps};
}

const FiniteSource zero_one_random({1.0 / 3, 1.0 / 3, 1.0 / 3}, 2,
                                   {{0, 0, 1, 1}, {1, 1, 2, 1}, {0, 2, 0, 0.5}, {1, 2, 0, 0.5}});
const FiniteSource rrxor({1.0 / 3, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6}, 2,
                         {{0, 0, 1, 0.5},
                          {1, 0, 2, 0.5},
                          {0, 1, 4, 0.5},
                          {1, 1, 3, 0.5},
                          {0, 2, 3, 0.5},
                          {1, 2, 4, 0.5},
                          {1, 3, 0, 1},
                          {0, 4, 0, 1}});
const FiniteSource even_ones({2.0 / 3, 1.0 / 3}, 2, {{0, 0, 0, 0.5}, {1, 0, 1, 0.5}, {1, 1, 0, 1}});
const FiniteSource golden_mean({2.0 / 3, 1.0 / 3}, 2,
                               {{0, 0, 0, 0.5}, {1, 0, 1, 0.5}, {0, 1, 0, 1}});
const FiniteSource sns({0.5, 0.5}, 2,
                       {{0, 0, 0, 0.5}, {0, 0, 1, 0.5}, {0, 1, 1, 0.5}, {1, 1, 0, 0.5}});

/// H(p) in bits.
double binary_entropy(double p) {
  return -p * std::log2(p) - (1 - p) * std::log2(1 - p);
}

TEST(ProcessEntropy, OfMachinesWithFewBeliefsIsExact) {
  const ProcessEntropy z1r = process_entropy(zero_one_random, true);
  EXPECT_NEAR(z1r.rate_bits, 1.0 / 3, 1e-12);
  EXPECT_EQ(z1r.rate_error_bits, 0);
  EXPECT_NEAR(*z1r.complexity_bits, std::log2(3), 1e-12) << "three causal states, equally likely";
  EXPECT_NEAR(*z1r.excess_bits, std::log2(3), 1e-12) << "a period of three is all that is stored";
  EXPECT_NEAR(process_entropy(rrxor, true).rate_bits, 2.0 / 3, 1e-12);
  EXPECT_NEAR(process_entropy(even_ones, true).rate_bits, 2.0 / 3, 1e-12);
  EXPECT_NEAR(*process_entropy(even_ones, true).complexity_bits, binary_entropy(1.0 / 3), 1e-12);
  const ProcessEntropy golden = process_entropy(golden_mean, true);
  EXPECT_NEAR(golden.rate_bits, 2.0 / 3, 1e-12);
  EXPECT_NEAR(*golden.complexity_bits, binary_entropy(1.0 / 3), 1e-12);
  // A Markov chain of order 1: the excess is that of its first symbol alone.
  EXPECT_NEAR(*golden.excess_bits, binary_entropy(1.0 / 3) - 2.0 / 3, 1e-12);
}

TEST(ProcessEntropy, OfAnIndependentSourceHasNothingToRemember) {
  const FiniteSource coin({1}, 2, {{0, 0, 0, 0.25}, {1, 0, 0, 0.75}});
  const ProcessEntropy entropy = process_entropy(coin, true);
  EXPECT_NEAR(entropy.rate_bits, binary_entropy(0.25), 1e-15);
  EXPECT_EQ(*entropy.complexity_bits, 0);
  EXPECT_EQ(*entropy.excess_bits, 0);
}

TEST(ProcessEntropy, TakesStatesWithEqualFuturesAsOneCause) {
  // Two copies of the golden mean's states that lead to one another.
  const FiniteSource doubled(
      {1.0 / 3, 1.0 / 6, 1.0 / 3, 1.0 / 6}, 2,
      {{0, 0, 2, 0.5}, {1, 0, 3, 0.5}, {0, 1, 2, 1}, {0, 2, 0, 0.5}, {1, 2, 1, 0.5}, {0, 3, 0, 1}});
  EXPECT_NEAR(*process_entropy(doubled, true).complexity_bits, binary_entropy(1.0 / 3), 1e-12);
}

TEST(ProcessEntropy, AgreesWithPublishedAndMeasuredRates) {
  // Monte Carlo means of the exact filter over 3·10^5 steps, in nats.
  EXPECT_NEAR(process_entropy(sns, true).rate_bits * ln_2, 0.4702, 5e-4);
  EXPECT_NEAR(process_entropy(mess3(0.05, 0.85), true).rate_bits * ln_2, 0.7934, 2e-4);
  EXPECT_NEAR(process_entropy(mess3(0.15, 0.6), true).rate_bits * ln_2, 1.0889, 2e-4);
}

TEST(ProcessEntropy, KnowsTheFirstPositionsOfMess3) {
  const std::vector<double> h = process_entropy(mess3(0.05, 0.85), true).conditional_bits;
  const double nats[] = {1.0986, 0.8577, 0.8134, 0.7981, 0.7947, 0.7938};
  for (std::size_t t = 0; t < 6; ++t) EXPECT_NEAR(h[t] * ln_2, nats[t], 5e-5) << t;
  double sum = 0;
  const std::vector<double> sums =
      process_entropy(mess3(0.05, 0.85), true).cumulative_bits(10, 1e-3);
  ASSERT_EQ(sums.size(), 11U);
  sum = sums[10] * ln_2 / 10;
  EXPECT_NEAR(sum, 0.8330, 5e-5) << "the floor over 10 tokens, well above the rate";
}

TEST(ProcessEntropy, EnclosesTheRateWhereBeliefsNeverEnd) {
  const ProcessEntropy rough = process_entropy(mess3(0.05, 0.85), true, 3e4);
  const ProcessEntropy fine = process_entropy(mess3(0.05, 0.85), true, 1e6);
  EXPECT_GT(rough.rate_error_bits, fine.rate_error_bits);
  EXPECT_LE(std::fabs(rough.rate_bits - fine.rate_bits),
            rough.rate_error_bits + fine.rate_error_bits);
  EXPECT_LT(fine.rate_error_bits, 1e-4);
  EXPECT_FALSE(fine.complexity_bits) << "infinitely many causal states";
  EXPECT_TRUE(rough.cumulative_bits(1000, 1e-9).empty()) << "not known that exactly";
  EXPECT_EQ(rough.cumulative_bits(4, 1e-9).size(), 5U) << "what was enumerated is";
}

TEST(ProcessEntropy, FromAKnownStateStartsAtItsSymbol) {
  const ProcessEntropy entropy = process_entropy(zero_one_random.from_start({0, 0, 1}), false);
  ASSERT_GE(entropy.conditional_bits.size(), 4U);
  EXPECT_EQ(entropy.conditional_bits[0], 1);
  EXPECT_EQ(entropy.conditional_bits[1], 0);
  EXPECT_EQ(entropy.conditional_bits[2], 0);
  EXPECT_EQ(entropy.conditional_bits[3], 1);
}

}  // namespace
}  // namespace synthgen
