#include "synthgen/law/finite_source.hpp"

#include "synthgen/law/forward_filter.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace synthgen {
namespace {

using Transition = FiniteSource::Transition;

/// Two random bits, then their exclusive or.
const FiniteSource bits_and_xor({1.0 / 3, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6}, 2,
                                {{0, 0, 1, 0.5},
                                 {1, 0, 2, 0.5},
                                 {0, 1, 4, 0.5},
                                 {1, 1, 3, 0.5},
                                 {0, 2, 3, 0.5},
                                 {1, 2, 4, 0.5},
                                 {1, 3, 0, 1},
                                 {0, 4, 0, 1}});

TEST(StationaryDistribution, IsKnownForAPeriodicMachine) {
  const std::vector<double> law = stationary_distribution(5, bits_and_xor.transitions());
  const std::vector<double> expected{1.0 / 3, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6};
  ASSERT_EQ(law.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(law[i], expected[i], 1e-15) << i;
}

TEST(StationaryDistribution, KeepsTheDigitsOfRareStates) {
  const double rare = 1e-14;
  const std::vector<Transition> steps{
      {0, 0, 0, 1 - rare}, {0, 0, 1, rare}, {0, 1, 0, 0.5}, {0, 1, 1, 0.5}};
  const std::vector<double> law = stationary_distribution(2, steps);
  EXPECT_NEAR(law[1] / law[0], 2e-14, 1e-28);
}

TEST(StationaryDistribution, IsZeroForStatesThatAreLeftForEver) {
  const std::vector<Transition> steps{{0, 0, 1, 1}, {0, 1, 2, 1}, {0, 2, 1, 1}};
  EXPECT_EQ(stationary_distribution(3, steps), (std::vector<double>{0, 0.5, 0.5}));
}

TEST(StationaryDistribution, DoesNotExistForSeveralClosedClasses) {
  const std::vector<Transition> steps{{0, 0, 0, 1}, {0, 1, 1, 1}};
  EXPECT_TRUE(stationary_distribution(2, steps).empty());
}

TEST(FiniteSource, HasTheSymbolsOfEachState) {
  EXPECT_EQ(bits_and_xor.emission(0)[1], 0.5);
  EXPECT_EQ(bits_and_xor.emission(3)[0], 0);
  EXPECT_EQ(bits_and_xor.emission(3)[1], 1);
  EXPECT_EQ(bits_and_xor.transitions(1).size(), 4U);
  EXPECT_TRUE(bits_and_xor.is_unifilar());
}

TEST(FiniteSource, UnderNoiseMixesEachSymbolWithTheUniformOne) {
  const FiniteSource noisy = bits_and_xor.with_noise(0.2);
  EXPECT_NEAR(noisy.emission(3)[0], 0.1, 1e-15);
  EXPECT_NEAR(noisy.emission(3)[1], 0.9, 1e-15);
  for (std::uint32_t state = 0; state < 5; ++state) {
    double sum = 0;
    for (const Transition& step : noisy.transitions()) {
      if (step.from == state) sum += step.probability;
    }
    EXPECT_NEAR(sum, 1, 1e-15);
  }
  EXPECT_FALSE(noisy.is_unifilar()) << "a symbol no longer shows where the machine went";
}

TEST(ForwardFilter, KnowsWhatTheSymbolsDetermine) {
  const FiniteSource from_start = bits_and_xor.from_start({1, 0, 0, 0, 0});
  ForwardFilter known(from_start);
  EXPECT_EQ(known.observe(1), 0.5);
  EXPECT_EQ(known.observe(0), 0.5);
  EXPECT_EQ(known.probability(1), 1);
  EXPECT_EQ(known.observe(0), 0) << "not the exclusive or";
  EXPECT_EQ(known.probability(0), 0) << "nothing is possible after what cannot be";
  EXPECT_EQ(known.probability(1), 0);
  known.reset();
  EXPECT_EQ(known.probability(1), 0.5);
}

TEST(ForwardFilter, DoesNotUnderflowInLongSequences) {
  const FiniteSource noisy = bits_and_xor.with_noise(0.1);
  ForwardFilter filter(noisy);
  double bits = 0;
  for (int t = 0; t < 16384; ++t) {
    const double sum = filter.probability(0) + filter.probability(1);
    ASSERT_NEAR(sum, 1, 1e-12) << t;
    bits -= std::log2(filter.observe(t % 3 == 0 ? 1 : 0));
  }
  EXPECT_TRUE(std::isfinite(bits));
  EXPECT_GT(bits, 2000);
  EXPECT_NEAR(std::accumulate(filter.belief().begin(), filter.belief().end(), 0.0), 1, 1e-12);
}

}  // namespace
}  // namespace synthgen
