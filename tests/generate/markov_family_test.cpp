#include "synthgen/generate/generator.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <map>

#include "support/configs.hpp"
#include "support/reference_chain.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

using ChainTokens = std::vector<std::uint32_t>;

Generator markov(const Json& changes) {
  return generator_of(R"({"generator": "markov", "vocab_size": 50, "seq_length": 40})", changes);
}

/// All sequences of a length, in lexicographic order.
std::vector<ChainTokens> all_sequences(std::uint32_t symbols, std::size_t length) {
  std::vector<ChainTokens> all;
  ChainTokens tokens(length, 0);
  for (;;) {
    all.push_back(tokens);
    std::size_t digit = length;
    while (digit > 0 && ++tokens[digit - 1] == symbols) tokens[--digit] = 0;
    if (digit == 0) return all;
  }
}

/// P(sequence) by a predictor.
double predicted(Predictor& predictor, const ChainTokens& tokens) {
  predictor.reset();
  double product = 1;
  for (const std::uint32_t token : tokens) product *= predictor.observe(token);
  return product;
}

/// The largest difference of a predictor to the conditional law that follows from the probabilities
/// of whole sequences.
double largest_error(Predictor& predictor, std::uint32_t symbols, std::size_t length,
                     const std::function<double(const ChainTokens&)>& probability) {
  double worst = 0;
  std::map<ChainTokens, double> known;
  for (std::size_t shorter = 0; shorter <= length; ++shorter) {
    for (const ChainTokens& tokens : all_sequences(symbols, shorter)) {
      known[tokens] = probability(tokens);
    }
  }
  for (const ChainTokens& tokens : all_sequences(symbols, length)) {
    predictor.reset();
    ChainTokens before;
    for (const std::uint32_t token : tokens) {
      const double all = known[before];
      if (all == 0) break;
      before.push_back(token);
      worst = std::max(worst, std::fabs(predictor.probability(token) - known[before] / all));
      predictor.observe(token);
    }
  }
  return worst;
}

/// ∫ Π p_i^(n_i) of a Dirichlet row, by rising factorials: Π (α)_n_i / (kα)_n.
double row_integral(const std::vector<int>& counts, double alpha) {
  double value = 1;
  double all = 0;
  for (const int count : counts) {
    for (int i = 0; i < count; ++i) {
      value *= (alpha + i) / (static_cast<double>(counts.size()) * alpha + all);
      ++all;
    }
  }
  return value;
}

/// ∫ p^a (1 − p)^b over a uniform p, by Simpson's rule.
double uniform_integral(int a, int b) {
  constexpr int steps = 4000;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double p = static_cast<double>(i) / steps;
    const double weight = i == 0 || i == steps ? 1 : (i % 2 == 1 ? 4 : 2);
    sum += weight * std::pow(p, a) * std::pow(1 - p, b);
  }
  return sum / (3 * steps);
}

TEST(MarkovPredictor, OfAUniformStartIsTheIntegralOverAllChains) {
  const auto predictor = value_of(markov({{"markov_symbols", 2}}).predictor());
  const auto integrated = [](const ChainTokens& tokens) {
    double value = tokens.empty() ? 1 : 0.5;
    for (std::uint32_t row = 0; row < 2; ++row) {
      int counts[2] = {0, 0};
      for (std::size_t t = 1; t < tokens.size(); ++t) {
        if (tokens[t - 1] == row) ++counts[tokens[t]];
      }
      value *= uniform_integral(counts[0], counts[1]);
    }
    return value;
  };
  EXPECT_LT(largest_error(*predictor, 2, 6, integrated), 1e-11) << "Simpson's rule has 1e-12";
  const auto other =
      value_of(markov({{"markov_symbols", 2}, {"dirichlet_alpha", 1.1}}).predictor());
  EXPECT_GT(largest_error(*other, 2, 6, integrated), 1e-3) << "another prior is noticed";
}

TEST(MarkovPredictor, CountsInContextsOfAnyOrder) {
  for (const std::size_t order : {0U, 1U, 2U}) {
    for (const double alpha : {0.3, 2.0}) {
      const auto predictor =
          value_of(markov({{"markov_order", order}, {"dirichlet_alpha", alpha}}).predictor());
      const auto integrated = [&](const ChainTokens& tokens) {
        double value = 1;
        std::map<ChainTokens, std::vector<int>> counts;
        for (std::size_t t = 0; t < tokens.size(); ++t) {
          if (t < order) {
            value /= 3;
            continue;
          }
          const auto here = tokens.begin() + static_cast<std::ptrdiff_t>(t);
          auto& row = counts[ChainTokens(here - static_cast<std::ptrdiff_t>(order), here)];
          row.resize(3);
          ++row[tokens[t]];
        }
        for (const auto& [context, row] : counts) value *= row_integral(row, alpha);
        return value;
      };
      EXPECT_LT(largest_error(*predictor, 3, 5, integrated), 1e-12) << order << " " << alpha;
    }
  }
}

TEST(MarkovPredictor, OfATreeIsTheSumOverAllTrees) {
  // Over every tree of depth 2 and its leaves, written out: the root alone; the root divided, each
  // child a leaf or divided.
  for (const double branching : {0.0, 0.3, 1.0}) {
    const auto predictor = value_of(markov({{"chain", "tree"},
                                            {"markov_symbols", 2},
                                            {"markov_order", 2},
                                            {"dirichlet_alpha", 0.5},
                                            {"tree_branching", branching}})
                                        .predictor());
    const double gamma = Decision(branching).probability();
    const auto summed = [&](const ChainTokens& tokens) {
      /// The integral over the row of the contexts that end with these tokens, oldest first.
      const auto leaf = [&](const ChainTokens& ending) {
        std::vector<int> counts(2);
        for (std::size_t t = 2; t < tokens.size(); ++t) {
          const auto here = tokens.begin() + static_cast<std::ptrdiff_t>(t);
          if (std::equal(ending.begin(), ending.end(),
                         here - static_cast<std::ptrdiff_t>(ending.size()))) {
            ++counts[tokens[t]];
          }
        }
        return row_integral(counts, 0.5);
      };
      double value = (1 - gamma) * leaf({});
      for (int divided = 0; divided < 4; ++divided) {
        double tree = gamma;
        for (std::uint32_t last = 0; last < 2; ++last) {
          const bool is_divided = (divided >> last & 1) == 1;
          tree *=
              is_divided ? gamma * leaf({0, last}) * leaf({1, last}) : (1 - gamma) * leaf({last});
        }
        value += tree;
      }
      return value * std::pow(0.5, std::min<std::size_t>(2, tokens.size()));
    };
    EXPECT_LT(largest_error(*predictor, 2, 8, summed), 1e-12) << branching;
  }
}

TEST(MarkovPredictor, OfAFixedChainIsTheEnumeratedLawUnderNoiseToo) {
  const Json chains[] = {
      {{"chain", "dataset"}, {"markov_symbols", 2}, {"markov_order", 2}},
      {{"chain", "dataset"}, {"markov_order", 0}},
      {{"chain", "given"}, {"chain_rows", {{1, 2, 0}, {0, 1, 1}, {3, 0, 1}}}},
      {{"chain", "dataset"},
       {"markov_symbols", 2},
       {"markov_order", 2},
       {"chain_start", "stationary"}},
      {{"chain", "given"},
       {"chain_rows", {{1, 2, 0}, {0, 1, 1}, {3, 0, 1}}},
       {"chain_start", "stationary"}},
  };
  for (Json changes : chains) {
    for (const double noise : {0.0, 0.25}) {
      changes["noise_probability"] = noise;
      const Generator generator = markov(changes);
      const auto chain = testing::reference_chain(generator.config());
      const auto enumerated = [&](const ChainTokens& tokens) {
        double product = 1;
        for (const double p : testing::reference_token_laws(chain, noise, tokens)) product *= p;
        return std::isnan(product) ? 0 : product;
      };
      EXPECT_LT(largest_error(*value_of(generator.predictor()), chain.symbols, 5, enumerated),
                1e-12)
          << to_text(changes);
    }
  }
}

/// ∫∫ a^i (1 − a)^j b^k (1 − b)^l π(first) over uniform a, b, for π(0) = b / (a + b): by Simpson's
/// rule in the smaller one's share of the larger one, where the integrand is smooth.
double stationary_integral(int i, int j, int k, int l, std::uint32_t first) {
  constexpr int steps = 200;
  const auto weight = [](int n) { return n == 0 || n == steps ? 1 : (n % 2 == 1 ? 4 : 2); };
  double sum = 0;
  for (int m = 0; m <= steps; ++m) {
    for (int n = 0; n <= steps; ++n) {
      const double larger = static_cast<double>(m) / steps;
      const double share = static_cast<double>(n) / steps;
      const double smaller = larger * share;
      for (const bool a_is_larger : {true, false}) {
        const double a = a_is_larger ? larger : smaller;
        const double b = a_is_larger ? smaller : larger;
        const double of_first = (first == 0) == a_is_larger ? share / (1 + share) : 1 / (1 + share);
        sum += weight(m) * weight(n) * larger * of_first * std::pow(a, i) * std::pow(1 - a, j) *
               std::pow(b, k) * std::pow(1 - b, l);
      }
    }
  }
  return sum / (9.0 * steps * steps);
}

TEST(MarkovPredictor, OfAStationaryStartIsTheIntegralOverAllChainsOfTwoSymbols) {
  const auto predictor =
      value_of(markov({{"markov_symbols", 2}, {"chain_start", "stationary"}}).predictor());
  const auto integrated = [](const ChainTokens& tokens) {
    if (tokens.empty()) return 1.0;
    int counts[2][2] = {{0, 0}, {0, 0}};
    for (std::size_t t = 1; t < tokens.size(); ++t) ++counts[tokens[t - 1]][tokens[t]];
    return stationary_integral(counts[0][1], counts[0][0], counts[1][0], counts[1][1], tokens[0]);
  };
  EXPECT_LT(largest_error(*predictor, 2, 4, integrated), 1e-8) << "Simpson's rule has 1e-9";
  EXPECT_GT(largest_error(*value_of(markov({{"markov_symbols", 2}}).predictor()), 2, 4, integrated),
            1e-3)
      << "the counting rule is noticed";
}

TEST(MarkovPredictor, OfAStationaryStartAgreesWithTheClosedFormOfTwoTokens) {
  const auto predictor =
      value_of(markov({{"markov_symbols", 2}, {"chain_start", "stationary"}}).predictor());
  predictor->observe(0);
  EXPECT_NEAR(predictor->probability(1), 4 * (1 - std::log(2.0)) / 3, 1e-12);
}

/// Whether sequences come as often as their predictor says.
void expect_own_law(const Json& changes, std::uint32_t symbols, std::size_t length) {
  Json short_ones = changes;
  short_ones["seq_length"] = length;
  short_ones["markov_symbols"] = symbols;
  const Generator generator = markov(short_ones);
  SequenceBatch batch;
  generator.generate(Split::train, 0, 40000, batch);
  std::map<ChainTokens, std::uint64_t> seen;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ++seen[ChainTokens(batch[i].begin(), batch[i].end())];
  }
  const auto predictor = value_of(generator.predictor());
  std::vector<std::uint64_t> counts;
  std::vector<double> law;
  for (const ChainTokens& tokens : all_sequences(symbols, length)) {
    counts.push_back(seen[tokens]);
    law.push_back(predicted(*predictor, tokens));
  }
  EXPECT_TRUE(testing::follows(counts, law)) << to_text(changes);
}

TEST(Markov, SequencesComeAsOftenAsTheirPredictorSays) {
  expect_own_law(Json::object(), 2, 5);
  expect_own_law({{"dirichlet_alpha", 0.3}}, 3, 4);
  expect_own_law({{"markov_order", 2}}, 2, 6);
  expect_own_law({{"markov_order", 0}}, 3, 4);
  expect_own_law({{"chain_start", "stationary"}, {"dirichlet_alpha", 0.5}}, 2, 5);
  expect_own_law({{"chain", "tree"}, {"markov_order", 2}, {"dirichlet_alpha", 0.5}}, 2, 6);
}

TEST(Markov, AStationaryStartHasTheLawOfItsChain) {
  // P(x_0 = 0, x_1 = 0) = E[(1 − a) b / (a + b)] for a uniform chain with steps a from 0 and b from
  // 1: 1/2 minus E[a b / (a + b)], which is (2 − 2 ln 2) / 3 by integration.
  const Generator generator =
      markov({{"markov_symbols", 2}, {"chain_start", "stationary"}, {"seq_length", 2}});
  SequenceBatch batch;
  generator.generate(Split::train, 0, 40000, batch);
  std::vector<std::uint64_t> counts(4);
  for (std::size_t i = 0; i < batch.size(); ++i) ++counts[batch[i][0] * 2 + batch[i][1]];
  const double steps = (2 - 2 * std::log(2.0)) / 3;
  EXPECT_TRUE(
      testing::follows(counts, std::vector<double>{0.5 - steps, steps, steps, 0.5 - steps}));
}

TEST(Markov, CostsWhatTheReferenceMeasured) {
  // In nats. The third token knows something only if the first two are equal: 2/3 ln 3 + 1/3 H(1/2,
  // 1/4, 1/4). From the sixth on the reference's means, whose chains start stationary.
  const std::pair<std::size_t, double> threes[] = {
      {0, 1.0986}, {1, 1.0986}, {2, 1.0790}, {5, 1.013}, {10, .960}, {20, .915}, {50, .872}};
  const Generator generator = markov({{"markov_symbols", 3}, {"seq_length", 60}});
  const auto predictor = value_of(generator.predictor());
  SequenceBatch batch;
  generator.generate(Split::train, 0, 8000, batch);
  std::map<std::size_t, double> nats;
  std::vector<double> bits(60);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    predictive_bits(*predictor, batch[i], bits);
    for (const auto& [position, expected] : threes) {
      nats[position] += bits[position] * 0.69314718055994530942 / 8000;
    }
  }
  for (const auto& [position, expected] : threes) {
    EXPECT_NEAR(nats[position], expected, 0.02) << position;
  }
}

TEST(MarkovPredictor, IsExactInLongSequences) {
  for (const Json& changes : {Json{{"chain", "tree"}, {"markov_order", 6}, {"markov_symbols", 2}},
                              Json{{"chain", "dataset"}, {"noise_probability", 0.1}}}) {
    Json longer = changes;
    longer["seq_length"] = 16384;
    const Generator generator = markov(longer);
    const auto predictor = value_of(generator.predictor());
    SequenceBatch batch;
    generator.generate(Split::train, 0, 1, batch);
    for (const std::uint32_t token : batch.tokens) {
      const double p = predictor->observe(token);
      ASSERT_GT(p, 0);
      ASSERT_LE(p, 1 + 1e-12);
    }
    double sum = 0;
    for (std::uint32_t id = 0; id < 50; ++id) sum += predictor->probability(id);
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

TEST(MarkovPredictor, IsRefusedWithTheReasonWhereThereIsNone) {
  const auto reason = [](const Json& changes) {
    const auto predictor = markov(changes).predictor();
    return predictor ? std::string("none") : predictor.error().message;
  };
  EXPECT_NE(reason({{"noise_probability", 0.1}}).find("noise hides the contexts"),
            std::string::npos);
  EXPECT_NE(reason({{"chain_start", "stationary"}, {"markov_order", 2}}).find("stationary start"),
            std::string::npos);
}

std::string chain_problem(const Json& changes) {
  Json config = {{"generator", "markov"}, {"vocab_size", 10}};
  config.update(changes);
  const auto problems = check(value_of(read_config(config)));
  return problems.empty() ? "none" : problems.front().text();
}

TEST(MarkovConfig, SaysWhatIsWrongWithAChain) {
  EXPECT_EQ(chain_problem({{"vocab_size", 2}}),
            "vocab_size: got 2; allowed: at least markov_symbols = 3");
  EXPECT_NE(chain_problem({{"vocab_distribution", "zipf"}}).find("uniform with generator markov"),
            std::string::npos);
  EXPECT_EQ(chain_problem({{"markov_order", 16}}),
            "markov_order: got 16; allowed: markov_symbols^(markov_order + 1) of at most 16777216");
  EXPECT_NE(chain_problem({{"chain_start", "stationary"}, {"markov_order", 4}})
                .find("uniform for more than 64 contexts"),
            std::string::npos);
  EXPECT_NE(chain_problem({{"chain_start", "stationary"}, {"dirichlet_alpha", 0.05}})
                .find("dirichlet_alpha"),
            std::string::npos);
  EXPECT_NE(chain_problem({{"chain", "given"}}).find("chain_rows"), std::string::npos);
  EXPECT_NE(chain_problem({{"chain_rows", {{1, 1}, {1, 1}}}}).find("with chain given"),
            std::string::npos);
  const auto given = [](const char* rows) {
    return chain_problem({{"chain", "given"},
                          {"markov_symbols", 2},
                          {"chain_start", "stationary"},
                          {"chain_rows", value_of(parse_json(rows, "rows"))}});
  };
  EXPECT_NE(given("[[1, 1]]").find("a list of 2 rows"), std::string::npos);
  EXPECT_NE(given("[[1, 1], [1]]").find("chain_rows[1]"), std::string::npos);
  EXPECT_NE(given("[[1, 1], [0, 0]]").find("above 0"), std::string::npos);
  EXPECT_NE(given("[[1, 1], [1, -1]]").find("chain_rows[1][1]"), std::string::npos);
  EXPECT_NE(given("[[1, 0], [0, 1]]").find("several closed classes"), std::string::npos);
}

}  // namespace
}  // namespace synthgen
