#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"

// Laws of the next token at sizes that people use, where they cannot be enumerated.

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

/// Mean and standard error of numbers.
struct Mean {
  double sum = 0;
  double squares = 0;
  double count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return sum / count; }
  double error() const { return std::sqrt((squares / count - mean() * mean()) / count); }
};

/// For each of so many sequences: the bits of its tokens, and the entropies of their laws.
struct Costs {
  Mean bits;    ///< per sequence
  Mean excess;  ///< bits − entropy, per sequence
  Mean oracle;  ///< bits − oracle_bits, per sequence
  double tokens = 0;
};

Costs costs_of(const Generator& generator, std::uint64_t sequences, bool with_entropy = true) {
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, sequences, batch, true));
  const auto predictor = value_of(generator.predictor());
  Costs costs;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    predictor->reset();
    double bits = 0;
    double entropy = 0;
    for (const std::uint32_t token : batch.content(i)) {
      if (with_entropy) entropy += predictor->entropy_bits();
      bits += bits_of(predictor->observe(token));
      ++costs.tokens;
    }
    costs.bits.add(bits);
    costs.excess.add(bits - entropy);
    costs.oracle.add(bits - *batch.latents[i].oracle_bits);
  }
  return costs;
}

class PredictiveBitsOfEveryFamily : public ::testing::TestWithParam<const char*> {};

// If tokens follow the law, what they cost exceeds the law's entropy by 0 in the mean.
TEST_P(PredictiveBitsOfEveryFamily, AreTheEntropyOfTheLawInTheMean) {
  for (const double noise : {0.0, 0.1}) {
    const Costs costs = costs_of(generator_of(GetParam(), {{"noise_probability", noise}}), 150);
    EXPECT_NEAR(costs.excess.mean(), 0, 4.5 * costs.excess.error() + 1e-9) << noise;
    EXPECT_GT(costs.oracle.mean(), -4.5 * costs.oracle.error() - 1e-9) << noise;
  }
}

INSTANTIATE_TEST_SUITE_P(
    , PredictiveBitsOfEveryFamily,
    ::testing::Values(
        R"({"generator": "random", "vocab_size": 40, "seq_length": 30,
            "vocab_distribution": "zipf"})",
        R"({"generator": "pattern", "vocab_size": 40, "seq_length": 60,
            "pattern_probability": 0.6})",
        R"({"generator": "pattern", "vocab_size": 12, "seq_length": 40, "pattern_length": 7,
            "pattern_probability": 0.8, "vocab_distribution": "zipf", "length_variation": 0.5})",
        R"({"generator": "conditional", "vocab_size": 40, "seq_length": 50, "num_conditions": 4,
            "pattern_probability": 0.6, "length_variation": 0.5})",
        R"({"generator": "hierarchical", "vocab_size": 40, "seq_length": 50,
            "hierarchy_levels": 2})",
        R"({"generator": "hierarchical", "vocab_size": 20, "seq_length": 50, "hierarchy_levels": 2,
            "vocab_distribution": "zipf", "structure_probability": 0.8})",
        R"({"generator": "template", "vocab_size": 20, "seq_length": 24, "template_fill": "cycle",
            "templates": [[{"name": "k", "of": {"range": [10, 19]}}, {"repeat": 5, "of":
            ["PATTERN"]}, {"ref": "k"}, "RANDOM"], [7, {"repeat": 12, "of": ["PATTERN"]}]]})",
        R"({"generator": "mixture", "vocab_size": 30, "seq_length": 30, "components": [
            {"weight": 2, "config": {"pattern_probability": 0.5}},
            {"config": {"hierarchy_levels": 2, "seq_length": 20}},
            {"weight": 0.5, "config": {"num_conditions": 3}}]})"),
    [](const auto& each) { return "case_" + std::to_string(each.index); });

TEST(PredictiveBits, AreTheEntropyOfIndependentTokens) {
  const Generator generator = generator_of(R"({"generator": "random", "vocab_size": 1000,
      "seq_length": 50, "vocab_distribution": "zipf"})");
  const Costs costs = costs_of(generator, 100000 / 50, false);
  double norm = 0;
  for (int n = 1; n <= 1000; ++n) norm += 1.0 / n;
  double entropy = 0;
  for (int n = 1; n <= 1000; ++n) entropy += std::log2(n * norm) / (n * norm);
  EXPECT_NEAR(costs.bits.mean() / 50, entropy, 4.5 * costs.bits.error() / 50 + 1e-6);
  EXPECT_NEAR(costs.oracle.mean(), 0, 1e-9);  // nothing is hidden
}

TEST(PredictiveBits, AreThoseOfFreshTokensWithoutPatterns) {
  const Costs costs = costs_of(generator_of(R"({"vocab_size": 1024, "seq_length": 100,
      "pattern_probability": 0, "noise_probability": 0.2, "generator": "pattern"})"),
                               5, false);
  EXPECT_NEAR(costs.bits.mean(), 1000, 1e-9);
}

// What is hidden besides the tokens of a sequence of whole segments with p = 1: a progression of
// 2 to 6 tokens costs log2 V at its first token, and its length is told by the next one.
TEST(PredictiveBits, OfProgressionsAreTheirFirstTokensAndLengths) {
  const Generator generator = generator_of(R"({"generator": "pattern", "vocab_size": 100000,
      "seq_length": 20000, "pattern_length": 4, "pattern_probability": 1,
      "pattern_types": ["prog"]})");
  const Costs costs = costs_of(generator, 20, false);
  // A segment has 4 tokens in the mean. Two progressions that happen to join cost less, by an
  // amount of the order of 1/V.
  const double per_token = (std::log2(100000.0) + std::log2(5.0)) / 4;
  EXPECT_NEAR(costs.bits.mean() / 20000, per_token, 4.5 * costs.bits.error() / 20000 + 1e-3);
}

TEST(PredictiveBits, StayExactInLongSequences) {
  for (const double noise : {0.0, 0.05}) {
    const Json changes = {{"noise_probability", noise}};
    const Generator generator =
        generator_of(R"({"generator": "pattern", "seq_length": 16384})", changes);
    const auto predictor = value_of(generator.predictor());
    SequenceBatch batch;
    value_of(generator.generate(Split::train, 0, 1, batch));
    // A segment that begins at a known place makes what came before it irrelevant, so a predictor
    // that starts late soon agrees with one that has seen everything.
    const Generator shorter =
        generator_of(R"({"generator": "pattern", "seq_length": 2048})", changes);
    const auto late = value_of(shorter.predictor());
    double largest = 0;
    for (std::size_t t = 0; t < 16384; ++t) {
      const double p = predictor->observe(batch.tokens[t]);
      ASSERT_GT(p, 0) << t;
      if (t < 15360) continue;
      const double other = late->observe(batch.tokens[t]);
      if (t >= 16000) largest = std::max(largest, std::abs(p - other) / p);
    }
    EXPECT_LT(largest, 1e-9) << noise;
  }
}

TEST(PredictiveBits, DoNotBreakOnTokensOfAnotherGenerator) {
  const Generator other =
      generator_of(R"({"generator": "random", "vocab_size": 4, "seq_length": 1500})");
  SequenceBatch batch;
  value_of(other.generate(Split::train, 0, 1, batch));
  for (const char* config :
       {R"({"generator": "pattern", "vocab_size": 4, "seq_length": 1500, "pattern_length": 90})",
        R"({"generator": "pattern", "vocab_size": 4, "seq_length": 1500, "pattern_length": 40,
            "noise_probability": 1e-9, "pattern_probability": 0.999999999})"}) {
    const auto predictor = value_of(generator_of(config).predictor());
    double bits = 0;
    for (const std::uint32_t token : batch.tokens) bits += bits_of(predictor->observe(token));
    EXPECT_TRUE(std::isfinite(bits)) << config;
    EXPECT_GT(bits, 2600) << config;
  }
}

TEST(PredictiveBits, AreRefusedWhereAFilterWouldBeTooLarge) {
  const auto predictor = generator_of(R"({"generator": "pattern", "pattern_length": 4000,
      "seq_length": 100000})")
                             .predictor();
  ASSERT_FALSE(predictor.has_value());
  EXPECT_NE(predictor.error().message.find("a smaller pattern_length needs fewer"),
            std::string::npos)
      << predictor.error().message;
  EXPECT_TRUE(generator_of(R"({"generator": "pattern", "pattern_length": 1048576})").predictor());
  EXPECT_FALSE(generator_of(R"({"generator": "hierarchical"})").predictor());
  EXPECT_FALSE(generator_of(R"({"generator": "mixture", "components":
      [{"config": {"generator": "composed"}}]})")
                   .predictor());
}

}  // namespace
}  // namespace synthgen
