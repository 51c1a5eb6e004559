#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/reference_machine.hpp"
#include "support/truth_measurements.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::ReferenceMachine;
using testing::value_of;

using Tokens = std::vector<std::uint32_t>;

Generator hmm(const Json& changes) {
  return generator_of(R"({"generator": "hmm", "vocab_size": 100, "seq_length": 40})", changes);
}

/// P(tokens from position t on | the state), summed over every path and every choice of noise.
double enumerated(const ReferenceMachine& machine, double noise, const Tokens& tokens,
                  std::size_t t, std::uint32_t state) {
  if (t == tokens.size()) return 1;
  double sum = 0;
  for (const auto& outcome : machine.states[state]) {
    const double rest = enumerated(machine, noise, tokens, t + 1, outcome.next);
    if (outcome.symbol == tokens[t]) sum += outcome.probability * (1 - noise) * rest;
    sum += outcome.probability * noise / machine.symbols * rest;
  }
  return sum;
}

double enumerated(const ReferenceMachine& machine, double noise, const Tokens& tokens) {
  double sum = 0;
  for (std::uint32_t state = 0; state < machine.states.size(); ++state) {
    sum += machine.start[state] * enumerated(machine, noise, tokens, 0, state);
  }
  return sum;
}

/// The largest difference between a predictor and the enumerated conditional law, over all
/// sequences of a few tokens.
double largest_error(Predictor& predictor, const ReferenceMachine& machine, double noise) {
  constexpr std::size_t length = 4;
  double worst = 0;
  Tokens tokens(length, 0);
  for (;;) {
    predictor.reset();
    for (std::size_t t = 0; t < length; ++t) {
      const Tokens before(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(t));
      const Tokens now(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(t) + 1);
      const double all = enumerated(machine, noise, before);
      if (all == 0) break;
      const double expected = enumerated(machine, noise, now) / all;
      worst = std::max(worst, std::fabs(predictor.probability(tokens[t]) - expected));
      predictor.observe(tokens[t]);
    }
    std::size_t digit = 0;
    while (digit < length && ++tokens[digit] == machine.symbols) tokens[digit++] = 0;
    if (digit == length) return worst;
  }
}

const char* const small_machines[] = {
    R"({"machine": "mess3"})",
    R"({"machine": "rrxor", "machine_p": 0.3, "machine_q": 0.9})",
    R"({"machine": "zero_one_random"})",
    R"({"machine": "sns", "initial_states": [1, 3]})",
    R"({"machine": "random", "machine_states": 3, "machine_symbols": 3, "dirichlet_alpha": 0.3})",
    R"({"machine": "mixture", "machines": [{"machine": "coin", "p": 0.1, "ids": [2, 0]},
        {"weight": 2, "machine": "even_ones"}]})",
};

TEST(HmmPredictor, IsTheEnumeratedConditionalLaw) {
  for (const char* machine : small_machines) {
    for (const double noise : {0.0, 0.3}) {
      SCOPED_TRACE(machine);
      Json changes = value_of(parse_json(machine, "machine"));
      changes["noise_probability"] = noise;
      const Generator generator = hmm(changes);
      const ReferenceMachine reference = testing::reference_machine(generator.config());
      const double rounded = Decision(noise).probability();
      EXPECT_LT(largest_error(*value_of(generator.predictor()), reference, rounded), 1e-12);
      EXPECT_GT(largest_error(*value_of(generator.predictor()), reference, rounded + 0.05), 1e-4)
          << "another noise is noticed";
    }
  }
}

TEST(HmmPredictor, OfAnotherStartOrMachineIsNoticed) {
  const Generator generator = hmm({{"machine", "sns"}});
  const auto wrong = [&](const Json& changes) {
    Json all = {{"machine", "sns"}};
    all.update(changes);
    return largest_error(*value_of(hmm(all).predictor()),
                         testing::reference_machine(generator.config()), 0);
  };
  EXPECT_LT(wrong(Json::object()), 1e-12);
  EXPECT_GT(wrong({{"initial_states", {1, 0}}}), 1e-3);
  EXPECT_GT(wrong({{"machine_p", 0.51}}), 1e-4);
}

TEST(HmmPredictor, GivesNothingToIdsThatAreNoSymbols) {
  const auto predictor = value_of(hmm({{"machine", "coin"}}).predictor());
  EXPECT_EQ(predictor->vocab_size(), 100U);
  EXPECT_EQ(predictor->probability(2), 0);
  EXPECT_EQ(predictor->observe(2), 0);
  EXPECT_EQ(predictor->probability(0), 0) << "nothing follows what cannot be";
}

TEST(HmmPredictor, PaysTheFloorOnItsOwnSequences) {
  const Generator generator = hmm({{"vocab_size", 3}, {"seq_length", 10}});
  const auto predictor = value_of(generator.predictor());
  SequenceBatch batch;
  generator.generate(Split::train, 0, 20000, batch);
  std::vector<double> nats;
  std::vector<double> bits(10);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    predictive_bits(*predictor, batch[i], bits);
    double sum = 0;
    for (const double each : bits) sum += each;
    nats.push_back(sum * 0.69314718055994530942 / 10);
  }
  // From the exact filter of mess3 (x .05, a .85), independent of this one.
  EXPECT_TRUE(testing::has_mean(nats, 0.83299));
}

TEST(HmmLatents, BeliefsFollowTheTokensByBayesRule) {
  for (const double noise : {0.0, 0.2}) {
    const Generator generator = hmm({{"machine", "mess3"}, {"noise_probability", noise}});
    const ReferenceMachine machine = testing::reference_machine(generator.config());
    const double rounded = Decision(noise).probability();
    SequenceBatch batch;
    generator.generate(Split::train, 0, 3, batch, true);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ASSERT_EQ(batch.latents[i].states.size(), 40U);
      ASSERT_EQ(batch.latents[i].beliefs.size(), 120U);
      const Tokens tokens(batch[i].begin(), batch[i].begin() + 3);
      // Of the state after three tokens: that the paths to it emit these tokens.
      std::vector<double> joint(3);
      for (std::uint32_t a = 0; a < 3; ++a) {
        for (const auto& first : machine.states[a]) {
          for (const auto& second : machine.states[first.next]) {
            for (const auto& third : machine.states[second.next]) {
              double p = machine.start[a];
              const ReferenceMachine::Outcome path[] = {first, second, third};
              for (std::size_t t = 0; t < 3; ++t) {
                const double seen = path[t].symbol == tokens[t] ? 1 - rounded : 0;
                p *= path[t].probability * (seen + rounded / 3);
              }
              joint[third.next] += p;
            }
          }
        }
      }
      const double all = joint[0] + joint[1] + joint[2];
      for (std::size_t s = 0; s < 3; ++s) {
        EXPECT_NEAR(batch.latents[i].beliefs[6 + s], joint[s] / all, 1e-12);
      }
    }
  }
}

TEST(HmmLatents, ExclusiveOrIsWhatTheStatesSay) {
  const Generator generator = hmm({{"machine", "rrxor"}});
  SequenceBatch batch;
  generator.generate(Split::train, 0, 50, batch, true);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& states = batch.latents[i].states;
    for (std::size_t t = 2; t < states.size(); ++t) {
      if (states[t] < 3) continue;
      ASSERT_EQ(batch[i][t], batch[i][t - 1] ^ batch[i][t - 2]);
    }
  }
}

TEST(HmmTruth, OfTheNamedMachinesIsTheKnownOne) {
  const auto truth = [](const Json& changes, std::string_view name) {
    return testing::expected(hmm(changes).truth(), name);
  };
  EXPECT_NEAR(truth({{"machine", "rrxor"}}, "entropy_rate_bits"), 2.0 / 3, 1e-9);
  EXPECT_NEAR(truth({{"machine", "zero_one_random"}}, "entropy_rate_bits"), 1.0 / 3, 1e-9);
  EXPECT_NEAR(truth({{"machine", "zero_one_random"}}, "excess_entropy_bits"), std::log2(3), 1e-6);
  EXPECT_NEAR(truth({{"machine", "even_ones"}}, "entropy_rate_bits"), 2.0 / 3, 1e-9);
  EXPECT_NEAR(truth({{"machine", "no_consecutive_ones"}}, "entropy_rate_bits"), 2.0 / 3, 1e-9);
  EXPECT_NEAR(truth({{"machine", "sns"}}, "entropy_rate_bits"), 0.678, 5e-4);
  // Two coins side by side: which one it is, is one bit, and all that is to be learned.
  const Json coins = {
      {"machine", "mixture"},
      {"machines", {{{"machine", "coin"}, {"p", 1.0}}, {{"machine", "coin"}, {"p", 0.0}}}}};
  EXPECT_NEAR(truth(coins, "entropy_rate_bits"), 0, 1e-12);
  EXPECT_NEAR(truth(coins, "excess_entropy_bits"), 1, 1e-12);
  EXPECT_NEAR(truth(coins, "statistical_complexity_bits"), 1, 1e-12);
  EXPECT_NEAR(truth(coins, "predictive_bits_per_token"), 1.0 / 40, 1e-12);
}

TEST(Hmm, AMixtureKeepsToOneMachineInEachSequence) {
  const Generator generator = hmm({{"machine", "mixture"},
                                   {"machines",
                                    {{{"machine", "coin"}, {"ids", {10, 20}}},
                                     {{"weight", 3}, {"machine", "coin"}, {"ids", {30, 40}}}}}});
  SequenceBatch batch;
  generator.generate(Split::train, 0, 4000, batch);
  std::uint64_t second = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const bool is_second = batch[i][0] >= 30;
    second += is_second ? 1 : 0;
    for (const std::uint32_t token : batch[i]) ASSERT_EQ(token >= 30, is_second);
  }
  EXPECT_TRUE(testing::happens_with(0.75, second, batch.size()));
}

std::string problem_of(const Json& changes) {
  Json config = {{"generator", "hmm"}, {"vocab_size", 10}};
  config.update(changes);
  const auto problems = check(value_of(read_config(config)));
  return problems.empty() ? "none" : problems.front().text();
}

TEST(HmmConfig, SaysWhatIsWrongWithAMachine) {
  EXPECT_EQ(problem_of({{"vocab_size", 2}}),
            "vocab_size: got 2; allowed: at least 3, the number of the machine's symbols");
  EXPECT_EQ(problem_of({{"vocab_distribution", "zipf"}}),
            "vocab_distribution: got \"zipf\"; allowed: uniform with generator hmm, whose machine "
            "determines the symbols");
  EXPECT_NE(problem_of({{"machine", "given"}}).find("transitions"), std::string::npos);
  EXPECT_NE(problem_of({{"transitions", {{{1}}}}}).find("only with machine given"),
            std::string::npos);
  EXPECT_NE(problem_of({{"machines", Json::array()}}).find("only with machine mixture"),
            std::string::npos);
  EXPECT_NE(problem_of({{"initial_states", {1, 2}}}).find("a list of 3 weights"),
            std::string::npos);
  EXPECT_NE(problem_of({{"initial_states", {0, 0, 0}}}).find("above 0"), std::string::npos);
  const auto given = [](const Json& matrices) {
    return problem_of({{"machine", "given"}, {"transitions", matrices}});
  };
  EXPECT_NE(given({{{1, 2}, {3, 4}}, {{1, 2}}}).find("transitions[1]"), std::string::npos);
  EXPECT_NE(given({{{1, -2}, {3, 4}}}).find("transitions[0][0][1]"), std::string::npos);
  EXPECT_NE(given({{{1, 1e200}, {3, 4}}}).find("transitions[0][0][1]"), std::string::npos)
      << "sums of weights stay finite";
  EXPECT_NE(given({{{0, 0}, {3, 4}}}).find("for each state"), std::string::npos);
  EXPECT_NE(given({5}).find("transitions[0]"), std::string::npos);
  EXPECT_NE(given(Json::array()).find("transitions"), std::string::npos);
  EXPECT_EQ(given({{{1, 0}, {0, 1}}}),
            "initial_states: is required: the machine has several closed classes of states, each "
            "with its own stationary distribution");
}

TEST(HmmConfig, SaysWhichMachineOfAMixtureIsWrong) {
  const auto mixture = [](const Json& machines) {
    return problem_of({{"machine", "mixture"}, {"machines", machines}});
  };
  EXPECT_NE(mixture({{{"machine", "coin"}, {"ids", {1, 1}}}}).find("machines[0].ids"),
            std::string::npos);
  EXPECT_NE(mixture({{{"machine", "coin"}, {"ids", {1, 10}}}}).find("machines[0].ids[1]"),
            std::string::npos);
  EXPECT_NE(mixture({{{"machine", "mixture"}}}).find("machines[0].machine"), std::string::npos);
  EXPECT_NE(mixture({{{"machine", "coin"}, {"weight", 0}}}).find("weight above 0"),
            std::string::npos);
  EXPECT_NE(mixture({{{"machine", "coin"}, {"r", 0}}}).find("machines[0].r"), std::string::npos);
  EXPECT_NE(mixture(Json::array()).find("machines"), std::string::npos);
  EXPECT_NE(mixture({{{"machine", "given"}}}).find("machines[0].transitions"), std::string::npos);
}

TEST(HmmConfig, IsMeantByNameOnly) {
  const Config config = testing::config_of(R"({"machine": "coin", "pattern_length": 7})");
  EXPECT_EQ(canonical_config(config)["generator"], "pattern");
}

}  // namespace
}  // namespace synthgen
