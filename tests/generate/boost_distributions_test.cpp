#include "synthgen/generate/item_random.hpp"

#include <boost/random/discrete_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <boost/version.hpp>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

/// The first 24 draws of a distribution from a sequence's stream.
template <class Distribution>
std::vector<int> drawn(Distribution distribution) {
  const CustomLaws laws(testing::config_of("{}"));
  ItemRandom random(laws, {42, Split::val, 7});
  std::vector<int> draws;
  for (int i = 0; i < 24; ++i) draws.push_back(static_cast<int>(distribution(random)));
  return draws;
}

// Recorded with Boost 1.74. Integer arithmetic only: distributions that call the mathematics
// library (normal, poisson, gamma) differ between platforms, whatever Boost's version.
TEST(BoostDistributions, UniformIntegersAreTheRecordedOnesWithEveryVersionOfBoost) {
  EXPECT_EQ(drawn(boost::random::uniform_int_distribution<int>(0, 99)),
            (std::vector<int>{26, 62, 17, 40, 81, 98, 17, 1,  20, 82, 63, 10,
                              43, 75, 82, 91, 16, 3,  2,  86, 55, 47, 32, 42}));
}

TEST(BoostDistributions, DiscreteDrawsAreTheRecordedOnesWithEveryVersionOfBoost) {
  EXPECT_EQ(
      drawn(boost::random::discrete_distribution<int>({4.0, 2.0, 1.0, 1.0})),
      (std::vector<int>{1, 0, 0, 0, 0, 2, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 3, 0, 3, 0, 1, 0, 0, 0}));
}

#ifdef SYNTHGEN_OTHER_BOOST
TEST(BoostDistributions, AreThoseOfTheOtherBoost) {
  EXPECT_STREQ(BOOST_LIB_VERSION, SYNTHGEN_OTHER_BOOST);
}
#endif

}  // namespace
}  // namespace synthgen
