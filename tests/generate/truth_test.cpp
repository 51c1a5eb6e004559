#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/configs.hpp"
#include "support/family_cases.hpp"
#include "support/truth_measurements.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

class TruthOfEveryFamily : public ::testing::TestWithParam<testing::FamilyCase> {
 protected:
  /// Compares each expectation with its measurement.
  static void expect_truth(const Generator& generator) {
    SequenceBatch batch;
    generator.generate(Split::train, 0, 1500, batch, true);
    for (const auto& comparison : testing::compared(generator.config(), generator.truth(), batch)) {
      EXPECT_TRUE(comparison.agrees) << comparison.name;
    }
  }
};

TEST_P(TruthOfEveryFamily, IsWhatSequencesShow) {
  const Generator generator = generator_of(GetParam().config);
  expect_truth(generator);
}

TEST_P(TruthOfEveryFamily, IsWhatSequencesShowUnderNoise) {
  if (!testing::takes(GetParam(), "noise_probability")) return;
  const Generator generator = generator_of(GetParam().config, {{"noise_probability", 0.3}});
  expect_truth(generator);
}

TEST_P(TruthOfEveryFamily, IsExplained) {
  std::set<std::string> names;
  for (const Expectation& expectation : generator_of(GetParam().config).truth()) {
    EXPECT_TRUE(names.insert(expectation.name).second) << expectation.name << " twice";
    EXPECT_FALSE(expectation.formula.empty()) << expectation.name;
    EXPECT_TRUE(std::isfinite(expectation.value)) << expectation.name;
  }
}

INSTANTIATE_TEST_SUITE_P(, TruthOfEveryFamily, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

double expected(const char* config, std::string_view name) {
  return testing::expected(generator_of(config).truth(), name);
}

TEST(Truth, KnownAnswers) {
  EXPECT_EQ(expected(R"({"vocab_size": 1024})", "content_entropy_bits"), 10);
  EXPECT_EQ(expected(R"({"vocab_size": 50})", "local_coherence"), 0.02);
  EXPECT_EQ(expected(R"({"seq_length": 33})", "avg_length"), 33);
  EXPECT_EQ(expected(R"({"seq_length": 2, "length_variation": 1})", "avg_length"), 2.5);
  EXPECT_EQ(expected(R"({"pattern_probability": 0.25})", "pattern_share"), 0.25);
  // The rounded probability, not the one that was typed.
  EXPECT_EQ(expected(R"({"noise_probability": 0.3})", "noise_rate"), 1288490189.0 / 4294967296.0);
  // Two ids at exponent 1: 2/3 and 1/3.
  const char* thirds = R"({"vocab_size": 2, "vocab_distribution": "zipf"})";
  EXPECT_NEAR(expected(thirds, "content_entropy_bits"), 0.9182958340544896, 1e-9);
  EXPECT_NEAR(expected(thirds, "local_coherence"), 5.0 / 9, 1e-9);
}

/// Whether sequences of one config have the rate that another one promises: a test of the tests
/// above.
::testing::AssertionResult shows(const char* config, const char* promise, std::string_view rate) {
  SequenceBatch batch;
  generator_of(config).generate(Split::train, 0, 1500, batch, true);
  return testing::shows(batch, generator_of(promise), rate);
}

TEST(Truth, OfAnotherPatternProbabilityIsRefuted) {
  EXPECT_FALSE(shows(R"({"pattern_probability": 0.33})", R"({"pattern_probability": 0.3})",
                     "pattern_share"));
}

TEST(Truth, OfAnotherStructureProbabilityIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1024, "structure_probability": 0.52})",
                     R"({"vocab_size": 1024, "structure_probability": 0.5})", "successor_rate"));
}

TEST(Truth, OfAnotherGlobalCoherenceIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1024, "global_coherence": 0.73})",
                     R"({"vocab_size": 1024, "global_coherence": 0.7})", "theme_share"));
}

TEST(Truth, OfAnotherConditionStrengthIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1000, "condition_strength": 0.83})",
                     R"({"vocab_size": 1000, "condition_strength": 0.8})",
                     "condition_pattern_share"));
}

TEST(Truth, KnownAnswersOfTheDesign) {
  const char* hierarchy = R"({"generator": "hierarchical", "vocab_size": 1024, "seq_length": 512})";
  EXPECT_NEAR(expected(hierarchy, "successor_rate"), 0.424, 0.0005);
  EXPECT_NEAR(expected(hierarchy, "theme_share"), 0.870, 0.0005);
  const char* condition = R"({"generator": "conditional", "vocab_size": 1010})";
  EXPECT_NEAR(expected(condition, "condition_information_bits"), 2.071, 0.0005);
}

}  // namespace
}  // namespace synthgen
