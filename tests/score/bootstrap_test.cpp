#include "synthgen/score/bootstrap.hpp"

#include "synthgen/random/engine.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

TEST(Bootstrap, MeansOverTargetsNotOverSequences) {
  Bootstrap bootstrap(1);
  bootstrap.add(0, std::vector<MeanTerm>{{6, 2}});
  bootstrap.add(1, std::vector<MeanTerm>{{3, 4}});
  EXPECT_DOUBLE_EQ(bootstrap.interval(0)->mean, 1.5);
}

TEST(Bootstrap, IntervalsHaveTheWidthThatTheCentralLimitTheoremGives) {
  constexpr std::uint64_t sequences = 4000;
  PhiloxEngine words(7);
  Bootstrap bootstrap(1);
  double sum = 0;
  double squares = 0;
  for (std::uint64_t i = 0; i < sequences; ++i) {
    const double value = words() / 4294967296.0;
    sum += value;
    squares += value * value;
    bootstrap.add(i, std::vector<MeanTerm>{{value, 1}});
  }
  const double mean = sum / sequences;
  const double error = std::sqrt((squares / sequences - mean * mean) / sequences);
  const MeanInterval interval = *bootstrap.interval(0);
  EXPECT_NEAR(interval.mean, mean, 1e-12);
  EXPECT_NEAR((*interval.high - mean) / error, 1.96, 0.2);
  EXPECT_NEAR((mean - *interval.low) / error, 1.96, 0.2);
  EXPECT_GT(*interval.most, *interval.high);
}

TEST(Bootstrap, IntervalsHoldTheTruthAboutAsOftenAsTheySay) {
  constexpr int trials = 200;
  int held = 0;
  PhiloxEngine words(11);
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    Bootstrap bootstrap(1);
    for (std::uint64_t i = 0; i < 60; ++i) {
      bootstrap.add(1000 * trial + i, std::vector<MeanTerm>{{words() / 4294967296.0, 1}});
    }
    const MeanInterval interval = *bootstrap.interval(0);
    held += *interval.low < 0.5 && 0.5 < *interval.high ? 1 : 0;
  }
  EXPECT_NEAR(held / static_cast<double>(trials), 0.94, 0.05);
}

TEST(Bootstrap, HasNoIntervalForOneSequenceAndNothingForNone) {
  Bootstrap bootstrap(2);
  bootstrap.add(0, std::vector<MeanTerm>{{1, 1}, {0, 0}});
  EXPECT_EQ(bootstrap.interval(0)->mean, 1);
  EXPECT_FALSE(bootstrap.interval(0)->low.has_value());
  EXPECT_FALSE(bootstrap.interval(1).has_value());
}

TEST(Bootstrap, EqualSequencesLeaveNoDoubt) {
  Bootstrap bootstrap(1);
  for (std::uint64_t i = 0; i < 50; ++i) bootstrap.add(i, std::vector<MeanTerm>{{0.5, 2}});
  const MeanInterval interval = *bootstrap.interval(0);
  EXPECT_DOUBLE_EQ(*interval.low, 0.25);
  EXPECT_DOUBLE_EQ(*interval.high, 0.25);
}

}  // namespace
}  // namespace synthgen
