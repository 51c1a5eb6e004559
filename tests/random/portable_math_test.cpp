#include "synthgen/random/portable_math.hpp"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

namespace synthgen {
namespace {

std::uint64_t bits(double value) {
  std::uint64_t result = 0;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

TEST(PortableLog2, IsExactAtPowersOfTwo) {
  EXPECT_EQ(portable_log2(1), 0);
  EXPECT_EQ(portable_log2(1024), 10);
  EXPECT_EQ(portable_log2(0x1p-300), -300);
}

TEST(PortableLog2, AgreesWithTheMathematicalLogarithm) {
  const auto error = [](double x) {
    const long double exact = std::log2(static_cast<long double>(x));
    return std::fabs(portable_log2(x) - exact) / std::fmax(1.0L, std::fabs(exact));
  };
  for (int i = 1; i < 20000; ++i) ASSERT_LT(error(i / 10007.0), 1e-15L) << i;
  for (double x = 1e-300; x < 1e300; x *= 1.7e5) ASSERT_LT(error(x), 1e-15L) << x;
}

TEST(PortableLog2, HasTheseBitsEverywhere) {
  EXPECT_EQ(bits(portable_log2(3)), 0x3FF95C01A39FBD68);
  EXPECT_EQ(bits(portable_log2(0.7)), 0xBFE0776228967D13);
  EXPECT_EQ(bits(portable_log2(1e-9)), 0xC03DE5B8EAA8D7E0);
}

TEST(PortableInversePower, IsExactWhereTheAnswerIsOneOrAPowerOfTwo) {
  EXPECT_EQ(portable_inverse_power(1, 0), 1);
  EXPECT_EQ(portable_inverse_power(1, 8), 1);
  EXPECT_EQ(portable_inverse_power(12345, 0), 1);
  EXPECT_EQ(portable_inverse_power(2, 1), 0.5);
  EXPECT_EQ(portable_inverse_power(1024, 2), 0x1p-20);
  EXPECT_EQ(portable_inverse_power(4, 0.5), 0.5);
}

TEST(PortableInversePower, AgreesWithTheMathematicalPower) {
  for (const double exponent : {0.1, 0.5, 1.0, 1.0001, 1.5, 2.0, 3.7, 8.0}) {
    for (double x = 1; x <= 16777216; x = std::floor(x * 1.37) + 1) {
      const long double exact = std::pow(static_cast<long double>(x), -exponent);
      const long double error = portable_inverse_power(x, exponent) / exact - 1;
      ASSERT_LT(std::fabs(error), 1e-13L) << x << "^-" << exponent;
    }
  }
}

TEST(PortableInversePower, FallsWithTheRank) {
  for (const double exponent : {0.01, 1.0, 8.0}) {
    double before = 2;
    for (double x = 1; x < 3000; ++x) {
      const double power = portable_inverse_power(x, exponent);
      ASSERT_LT(power, before) << x << "^-" << exponent;
      before = power;
    }
  }
}

TEST(PortableInversePower, WhatIsBelowTheNormalNumbersIsZero) {
  EXPECT_EQ(portable_inverse_power(1e300, 8), 0);
  EXPECT_GT(portable_inverse_power(16777216, 8), 0);
  EXPECT_GE(portable_inverse_power(2, 1020), std::numeric_limits<double>::min());
}

// The exact bits, the same in every build: the alias tables, and so the tokens, rest on them.
TEST(PortableInversePower, HasTheseBitsEverywhere) {
  struct {
    double x;
    double exponent;
    std::uint64_t expected;
  } const answers[] = {
      {2, 1, 0x3FE0000000000000},         {3, 1, 0x3FD5555555555556},
      {7, 1.5, 0x3FABA539079B6474},       {10, 0.1, 0x3FE96B230BCDC434},
      {1000, 1.0001, 0x3F505F685D945918}, {65537, 2, 0x3DEFFFC0005FFF7F},
      {16777216, 8, 0x33F0000000000000},  {16777215, 0.75, 0x3ED000000C000007},
  };
  for (const auto& answer : answers) {
    EXPECT_EQ(bits(portable_inverse_power(answer.x, answer.exponent)), answer.expected)
        << answer.x << "^-" << answer.exponent;
  }
}

}  // namespace
}  // namespace synthgen
