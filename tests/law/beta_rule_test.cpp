#include "synthgen/law/chains/beta_rule.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

/// The mean of x^i (1 − x)^j.
double moment_of(const BetaRule& rule, int i, int j) {
  double sum = 0;
  for (std::size_t node = 0; node < rule.complements.size(); ++node) {
    sum += rule.rule.weights[node] * std::pow(rule.rule.nodes[node], i) *
           std::pow(rule.complements[node], j);
  }
  return sum;
}

double beta_moment(double first, double second, int i, int j) {
  return std::exp(std::lgamma(first + i) - std::lgamma(first) + std::lgamma(second + j) -
                  std::lgamma(second) + std::lgamma(first + second) -
                  std::lgamma(first + second + i + j));
}

TEST(GaussRule, IsExactForPolynomialsUpToTwiceItsSize) {
  const UnitRule measure = beta_grid(2.5, 0.7);
  const UnitRule rule = gauss_rule(measure, 4);
  const auto mean = [](const UnitRule& of, int power) {
    double sum = 0;
    for (std::size_t i = 0; i < of.nodes.size(); ++i) {
      sum += of.weights[i] * std::pow(of.nodes[i], power);
    }
    return sum;
  };
  ASSERT_EQ(rule.nodes.size(), 4U);
  for (int power = 0; power < 8; ++power) {
    EXPECT_NEAR(mean(rule, power), mean(measure, power), 1e-14) << power;
  }
  EXPECT_GT(std::fabs(mean(rule, 8) - mean(measure, 8)), 1e-7);
}

TEST(BetaRule, HasTheMomentsOfTheBetaDistribution) {
  const std::pair<double, double> parameters[] = {{1, 1},   {0.5, 2}, {0.1, 0.1}, {0.2, 40},
                                                  {1, 700}, {3, 700}, {800, 300}};
  for (const auto& [first, second] : parameters) {
    const BetaRule rule = beta_rule(first, second, 24, first < 0.3 ? 6 : 2);
    for (const auto& [i, j] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 0}, {0, 3}}) {
      const double error = first < 0.3 ? 1e-3 : 1e-10;
      EXPECT_NEAR(moment_of(rule, i, j) / beta_moment(first, second, i, j), 1, error)
          << first << " " << second << " " << i << " " << j;
    }
  }
}

TEST(BetaRule, KeepsWhatIsNearTheEndsPrecise) {
  const BetaRule rule = beta_rule(0.1, 0.1, 24, 6);
  std::vector<double> nodes = rule.rule.nodes;
  std::vector<double> complements = rule.complements;
  std::sort(nodes.begin(), nodes.end());
  std::sort(complements.begin(), complements.end());
  EXPECT_LT(nodes.front(), 1e-13);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    EXPECT_NEAR(nodes[i] / complements[i], 1, 1e-9) << "the distribution is symmetric";
  }
}

}  // namespace
}  // namespace synthgen
