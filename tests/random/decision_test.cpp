#include "synthgen/random/decision.hpp"

#include "synthgen/random/stream.hpp"

#include <gtest/gtest.h>

#include "support/statistical.hpp"

namespace synthgen {
namespace {

constexpr double unit = 1.0 / 4294967296.0;  // 2^−32

TEST(Decision, ZeroNeverHoldsAndOneAlwaysDoes) {
  for (const std::uint32_t word : {0U, 1U, 0x80000000U, 0xFFFFFFFFU}) {
    EXPECT_FALSE(Decision(0).holds(word));
    EXPECT_FALSE(Decision().holds(word));
    EXPECT_TRUE(Decision(1).holds(word));
  }
  EXPECT_TRUE(Decision(0).never());
  EXPECT_FALSE(Decision(unit).never());
}

TEST(Decision, HoldsBelowTheRoundedThresholdOnly) {
  // 0.3 · 2^32 = 1288490188.8, so 1288490189 words hold: 0 … 1288490188.
  const Decision decision(0.3);
  EXPECT_TRUE(decision.holds(1288490188));
  EXPECT_FALSE(decision.holds(1288490189));
  EXPECT_EQ(decision.probability(), 1288490189 * unit);
}

TEST(Decision, ProbabilitiesAreRoundedToTheNearestThresholdHalvesUp) {
  EXPECT_EQ(Decision(0.4 * unit).probability(), 0);
  EXPECT_EQ(Decision(0.49999999999999994 * unit).probability(), 0);
  EXPECT_EQ(Decision(0.5 * unit).probability(), unit);
  EXPECT_EQ(Decision(1.4 * unit).probability(), unit);
  EXPECT_EQ(Decision(1.5 * unit).probability(), 2 * unit);
  EXPECT_EQ(Decision(1 - 0.4 * unit).probability(), 1);
  EXPECT_EQ(Decision(1 - 0.6 * unit).probability(), 1 - unit);
  EXPECT_EQ(Decision(0.5).probability(), 0.5);
}

TEST(Decision, WhatHoldsAtAProbabilityHoldsAtEveryLargerOne) {
  const WordStream words({1, Split::train, 0}, Substream::structure);
  const double probabilities[] = {0, 1e-9, 0.1, 0.1 + 1e-9, 0.2, 0.5, 0.9, 1 - 1e-9, 1};
  for (std::uint64_t position = 0; position < 5000; ++position) {
    bool held = false;
    for (const double p : probabilities) {
      const bool holds = Decision(p).holds(words.word(position));
      ASSERT_TRUE(holds || !held) << "position " << position << " at " << p;
      held = holds;
    }
  }
}

TEST(Decision, HoldsAsOftenAsItsProbabilitySays) {
  for (const double p : {0.001, 0.3, 0.5, 0.97}) {
    WordReader words(WordStream({2, Split::train, 0}, Substream::structure));
    const Decision decision(p);
    std::uint64_t held = 0;
    for (std::uint64_t position = 0; position < 100000; ++position) {
      held += decision.holds(words.word(position)) ? 1 : 0;
    }
    EXPECT_TRUE(testing::happens_with(p, held, 100000)) << p;
  }
}

}  // namespace
}  // namespace synthgen
