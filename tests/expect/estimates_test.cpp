#include "synthgen/expect/estimates.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

TEST(Estimates, OfNumbersAreMeanAndStandardError) {
  const Json estimate = estimates_from({1, 2, 6});
  EXPECT_DOUBLE_EQ(estimate["value"].get<double>(), 3);
  // Squares 4 + 1 + 9, over 2 for the variance and over 3 for that of the mean.
  EXPECT_DOUBLE_EQ(
      estimate["standard_error"].get<double>() * estimate["standard_error"].get<double>(),
      14.0 / 6);
}

TEST(Estimates, OfEqualNumbersHaveNoError) {
  const Json estimate = estimates_from(std::vector<Json>(7, 0.1));
  EXPECT_EQ(estimate["value"], 0.1);
  EXPECT_EQ(estimate["standard_error"], 0.0);
}

TEST(Estimates, HaveTheFormOfWhatIsMeasured) {
  const Json estimate = estimates_from({{{"a", {1, 2}}, {"b", 5}}, {{"a", {3, 2}}, {"b", 5}}});
  EXPECT_EQ(estimate["value"], Json({{"a", {2.0, 2.0}}, {"b", 5.0}}));
  EXPECT_EQ(estimate["standard_error"], Json({{"a", {1.0, 0.0}}, {"b", 0.0}}));
}

TEST(Estimates, CountWhatOnlySomeListAsZero) {
  EXPECT_EQ(estimates_from({{4, 2}, {4}})["value"], Json({4.0, 1.0}));
  EXPECT_EQ(estimates_from({{{"7", 2}}, {{"8", 4}}})["value"], Json({{"7", 1.0}, {"8", 2.0}}));
  EXPECT_EQ(estimates_from({Json::array(), Json::array()})["value"], Json::array());
}

TEST(Estimates, AreOverTheSamplesThatHaveOne) {
  EXPECT_EQ(estimates_from({1, Json(), 3})["value"], 2.0);
  EXPECT_EQ(estimates_from({{Json(), 1}, {4, 1}, {6, 1}})["value"], Json({5.0, 1.0}));
}

TEST(Estimates, AreNullWhereFewerThanTwoSamplesHaveOne) {
  EXPECT_TRUE(estimates_from({1, Json()}).is_null());
  const Json estimate = estimates_from({{1, Json()}, {2, 3}});
  EXPECT_EQ(estimate["value"], Json({1.5, Json()}));
  EXPECT_EQ(estimate["standard_error"], Json({0.5, Json()}));
}

}  // namespace
}  // namespace synthgen
