#include "synthgen/law/chains/chain_predictors.hpp"
#include "synthgen/law/chains/stationary_pair.hpp"
#include "synthgen/law/chains/stationary_triple.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "support/sanitized.hpp"

// Chains of order 1 from a Dirichlet prior whose first token has their stationary law.

namespace synthgen {
namespace {

using StationaryTokens = std::vector<std::uint32_t>;
using StationaryRows = std::array<std::array<double, 3>, 3>;

/// The probabilities of all sequences up to a length.
std::map<StationaryTokens, double> probabilities_by(Predictor& predictor, std::uint32_t symbols,
                                                    std::size_t length) {
  std::map<StationaryTokens, double> all{{{}, 1}};
  std::vector<StationaryTokens> latest{{}};
  for (std::size_t t = 0; t < length; ++t) {
    std::vector<StationaryTokens> longer;
    for (const StationaryTokens& tokens : latest) {
      predictor.reset();
      for (const std::uint32_t token : tokens) predictor.observe(token);
      for (std::uint32_t symbol = 0; symbol < symbols; ++symbol) {
        longer.push_back(tokens);
        longer.back().push_back(symbol);
        all[longer.back()] = all[tokens] * predictor.probability(symbol);
      }
    }
    latest = std::move(longer);
  }
  return all;
}

/// How far, relatively, the sequences that begin one token later are from having the same law. A
/// mixture of stationary chains is stationary: Σ_x P(x, s) = P(s) for every sequence s.
double shift_error(Predictor& predictor, std::uint32_t symbols, std::size_t length) {
  const auto all = probabilities_by(predictor, symbols, length);
  double worst = 0;
  for (const auto& [tokens, probability] : all) {
    if (tokens.size() == length) continue;
    double later = 0;
    for (std::uint32_t symbol = 0; symbol < symbols; ++symbol) {
      StationaryTokens longer{symbol};
      longer.insert(longer.end(), tokens.begin(), tokens.end());
      later += all.at(longer);
    }
    worst = std::max(worst, std::fabs(later / probability - 1));
  }
  return worst;
}

TEST(StationaryStart, OfTwoSymbolsHasAStationaryLaw) {
  for (const double alpha : {0.1, 0.5, 1.0, 3.0}) {
    StationaryPairPredictor predictor(2, {2, 1}, {}, alpha);
    EXPECT_LT(shift_error(predictor, 2, alpha < 0.3 ? 3 : 6), 1e-10) << alpha;
  }
}

TEST(StationaryStart, OfThreeSymbolsHasAStationaryLaw) {
  for (const auto& [alpha, error] :
       {std::pair{0.1, 1e-5}, {0.25, 1e-6}, {0.5, 1e-6}, {1.0, 1e-6}}) {
    StationaryTriplePredictor predictor(3, {3, 1}, {}, alpha);
    EXPECT_LT(shift_error(predictor, 3, alpha < 0.3 ? 3 : 5), error) << alpha;
  }
  CountingPredictor counting(3, {3, 1}, {}, 1);
  EXPECT_GT(shift_error(counting, 3, 4), 1e-2) << "the counting rule is noticed";
}

TEST(StationaryStart, OfThreeSymbolsIsSymmetricInTheSymbols) {
  StationaryTriplePredictor predictor(3, {3, 1}, {}, 1);
  const auto all = probabilities_by(predictor, 3, 4);
  for (const auto& [tokens, probability] : all) {
    for (const std::array<std::uint32_t, 3>& names :
         {std::array<std::uint32_t, 3>{1, 2, 0}, {1, 0, 2}}) {
      StationaryTokens renamed;
      for (const std::uint32_t token : tokens) renamed.push_back(names[token]);
      EXPECT_NEAR(all.at(renamed) / probability, 1, 1e-6);
    }
  }
}

/// A chain from the prior.
StationaryRows drawn_chain(double alpha, std::mt19937_64& random) {
  StationaryRows rows{};
  for (auto& row : rows) {
    double sum = 0;
    for (double& each : row) sum += each = std::gamma_distribution<double>(alpha)(random);
    for (double& each : row) each /= sum;
  }
  return rows;
}

/// By the tree theorem.
std::array<double, 3> stationary_law(const StationaryRows& rows) {
  std::array<double, 3> law{};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t j = (i + 1) % 3;
    const std::size_t k = (i + 2) % 3;
    sum += law[i] = rows[j][i] * rows[k][i] + rows[j][k] * rows[k][i] + rows[k][j] * rows[j][i];
  }
  for (double& each : law) each /= sum;
  return law;
}

/// The largest deviation of a predictor from the mean over chains from the prior, in standard
/// errors of that mean, over all sequences of four tokens.
double standard_errors_off(Predictor& predictor, double alpha) {
  constexpr int chains = 60000;
  std::mt19937_64 random(7);
  struct MeanOverChains {
    std::array<std::uint32_t, 4> tokens{};
    double predicted = 0;
    double sum = 0;
    double squares = 0;
  };
  std::vector<MeanOverChains> means;
  for (const auto& [tokens, probability] : probabilities_by(predictor, 3, 4)) {
    if (tokens.size() != 4) continue;
    means.push_back({{tokens[0], tokens[1], tokens[2], tokens[3]}, probability, 0, 0});
  }
  for (int chain = 0; chain < chains; ++chain) {
    const StationaryRows rows = drawn_chain(alpha, random);
    const std::array<double, 3> law = stationary_law(rows);
    for (MeanOverChains& mean : means) {
      const auto [a, b, c, d] = mean.tokens;
      const double p = law[a] * rows[a][b] * rows[b][c] * rows[c][d];
      mean.sum += p / chains;
      mean.squares += p * p / chains;
    }
  }
  double worst = 0;
  for (const MeanOverChains& mean : means) {
    const double error = std::sqrt((mean.squares - mean.sum * mean.sum) / chains);
    worst = std::max(worst, std::fabs(mean.predicted - mean.sum) / error);
  }
  return worst;
}

TEST(StationaryStart, OfThreeSymbolsIsTheMeanOverChains) {
  for (const double alpha : {0.5, 1.0}) {
    StationaryTriplePredictor predictor(3, {3, 1}, {}, alpha);
    EXPECT_LT(standard_errors_off(predictor, alpha), 4.5) << alpha;
  }
  StationaryTriplePredictor other(3, {3, 1}, {}, 1.1);
  EXPECT_GT(standard_errors_off(other, 1), 8) << "another prior is noticed";
  CountingPredictor counting(3, {3, 1}, {}, 1);
  EXPECT_GT(standard_errors_off(counting, 1), 8) << "the counting rule is noticed";
}

TEST(StationaryStart, OfTwoSymbolsIsWhatTheGaussRulesOfThreeGive) {
  StationaryPairPredictor predictor(2, {2, 1}, {}, 1);
  for (const std::uint32_t token : {0U, 0U, 1U, 0U, 1U, 1U, 0U}) predictor.observe(token);
  // After 0 0 1 0 1 1 0: a leaves 0 twice of three times, b leaves 1 twice of three.
  const BetaRule a = beta_rule(3, 2, 12, 2);
  const BetaRule b = beta_rule(3, 2, 12, 2);
  double all = 0;
  double leaves = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    for (std::size_t j = 0; j < 12; ++j) {
      const double weight = a.rule.weights[i] * b.rule.weights[j] * b.rule.nodes[j] /
                            (a.rule.nodes[i] + b.rule.nodes[j]);
      all += weight;
      leaves += weight * a.rule.nodes[i];
    }
  }
  EXPECT_NEAR(predictor.probability(1), leaves / all, 1e-9);
}

/// The largest relative difference between two orders along sequences from the prior, and the
/// largest distance of the sum of a law from 1.
std::pair<double, double> order_error(double alpha, std::size_t sequences, std::size_t length) {
  StationaryTriplePredictor predictor(3, {3, 1}, {}, alpha);
  StationaryTriplePredictor finer(3, {3, 1}, {}, alpha, 6);
  std::mt19937_64 random(5);
  double worst = 0;
  double off = 0;
  for (std::size_t i = 0; i < sequences; ++i) {
    const StationaryRows rows = drawn_chain(alpha, random);
    const auto choose = [&](const std::array<double, 3>& law) {
      return static_cast<std::uint32_t>(
          std::discrete_distribution<int>(law.begin(), law.end())(random));
    };
    predictor.reset();
    finer.reset();
    std::uint32_t token = choose(stationary_law(rows));
    for (std::size_t t = 0; t < length; ++t) {
      predictor.observe(token);
      finer.observe(token);
      double sum = 0;
      for (std::uint32_t symbol = 0; symbol < 3; ++symbol) {
        const double p = predictor.probability(symbol);
        sum += p;
        worst = std::max(worst, std::fabs(p / finer.probability(symbol) - 1));
      }
      off = std::max(off, std::fabs(sum - 1));
      token = choose(rows[token]);
    }
  }
  return {worst, off};
}

TEST(StationaryStart, OfThreeSymbolsHasTheErrorThatItStates) {
  for (const auto& [alpha, sequences, length, error] : {std::tuple{1.0, 8, 101, 1e-6},
                                                        {1.0, 1, 700, 1e-6},
                                                        {4.0, 5, 60, 1e-6},
                                                        {0.5, 3, 60, 1e-6},
                                                        {0.25, 2, 30, 1e-6},
                                                        {0.1, 1, 12, 1e-5}}) {
    if (testing::is_sanitized && length > 100) continue;
    const auto [worst, off] =
        order_error(alpha, static_cast<std::size_t>(sequences), static_cast<std::size_t>(length));
    EXPECT_LT(worst, error) << alpha << " " << length;
    EXPECT_LT(off, 1e-12) << alpha << " " << length;
  }
}

TEST(StationaryStart, GivesIdsBeyondTheSymbolsNoProbability) {
  StationaryTriplePredictor predictor(5, {3, 1}, {}, 1);
  EXPECT_EQ(predictor.probability(3), 0);
  EXPECT_NEAR(predictor.observe(2), 1.0 / 3, 1e-15);
  EXPECT_EQ(predictor.probability(4), 0);
}

}  // namespace
}  // namespace synthgen
