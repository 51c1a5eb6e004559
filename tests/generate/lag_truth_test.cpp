#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace synthgen {
namespace {

Config lag_config(const std::string& text) {
  const Result<Config> config = parse_config(text, "test");
  EXPECT_TRUE(config) << text;
  return *config;
}

std::vector<double> expected_lag_equality(const Config& config) {
  return Generator::create(config)->lag_equality(Split::train);
}

struct MeasuredShare {
  double share;
  double error;  ///< of the share, from its spread over sequences
};

/// Of all pairs at that lag, with the error of a ratio of two sums over sequences.
MeasuredShare measured_share(const SequenceBatch& batch, std::size_t lag) {
  double equal = 0;
  double pairs = 0;
  std::vector<std::pair<double, double>> each;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch[i];
    double here = 0;
    for (std::size_t t = 0; t + lag < sequence.size(); ++t) {
      here += sequence[t] == sequence[t + lag];
    }
    each.emplace_back(here, sequence.size() > lag ? static_cast<double>(sequence.size() - lag) : 0);
    equal += each.back().first;
    pairs += each.back().second;
  }
  const double share = equal / pairs;
  double squares = 0;
  for (const auto& [here, of] : each) squares += (here - share * of) * (here - share * of);
  return {share, std::sqrt(squares) / pairs};
}

class MeasuredLags : public ::testing::TestWithParam<const char*> {};

TEST_P(MeasuredLags, TheClosedFormAtEveryLag) {
  const Config config = lag_config(GetParam());
  const std::vector<double> expected = expected_lag_equality(config);
  ASSERT_EQ(expected.size(), 64U);
  const Result<Generator> generator = Generator::create(config);
  ASSERT_TRUE(generator);
  SequenceBatch batch;
  ASSERT_TRUE(generator->generate(Split::train, 0, 3000, batch));
  for (std::size_t lag = 1; lag <= 64; ++lag) {
    const MeasuredShare measured = measured_share(batch, lag);
    EXPECT_NEAR(measured.share, expected[lag - 1], 4.5 * measured.error + 1e-9) << "lag " << lag;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lags, MeasuredLags,
    ::testing::Values(
        R"({"generator": "random", "vocab_size": 12, "seq_length": 80, "noise_probability": 0.3})",
        R"({"generator": "random", "vocab_size": 40, "seq_length": 80, "vocab_distribution": "zipf"})",
        R"({"generator": "pattern", "vocab_size": 30, "seq_length": 80, "pattern_probability": 1})",
        R"({"generator": "pattern", "vocab_size": 30, "seq_length": 90, "noise_probability": 0.2,
            "pattern_length": 24, "pattern_types": ["repetition", "reversal"]})",
        R"({"generator": "pattern", "vocab_size": 5, "seq_length": 70, "pattern_probability": 0.8,
            "length_variation": 0.4, "pattern_types": ["progression", "alternation"]})",
        R"({"generator": "pattern", "vocab_size": 9, "seq_length": 66, "pattern_probability": 0.9,
            "pattern_length": 100, "pattern_types": ["repetition"]})"));

TEST(LagTruth, IsTheExpectedLocalCoherenceAtLagOne) {
  const Config config = lag_config(
      R"({"generator": "pattern", "vocab_size": 20, "seq_length": 50, "noise_probability": 0.1})");
  const Result<Generator> generator = Generator::create(config);
  ASSERT_TRUE(generator);
  for (const Expectation& expectation : generator->truth(Split::train)) {
    if (std::string_view(expectation.name) != "local_coherence") continue;
    EXPECT_NEAR(expected_lag_equality(config).front(), expectation.value, 1e-12);
    return;
  }
  FAIL() << "no local coherence is promised";
}

TEST(LagTruth, AlternationsAloneAreEqualAtEvenLagsOnly) {
  const std::vector<double> shares = expected_lag_equality(lag_config(
      R"({"generator": "pattern", "vocab_size": 1000, "seq_length": 12, "pattern_length": 100,
          "pattern_probability": 1, "pattern_types": ["alternation"]})"));
  for (std::size_t lag = 1; lag < 12; ++lag) {
    EXPECT_NEAR(shares[lag - 1], lag % 2 == 0 ? 1 : 0, 1e-12) << "lag " << lag;
  }
}

TEST(LagTruth, KnowsNoPairWhereSequencesAreTooShort) {
  const std::vector<double> shares = expected_lag_equality(
      lag_config(R"({"generator": "random", "vocab_size": 4, "seq_length": 5})"));
  EXPECT_EQ(shares[3], 0.25);
  EXPECT_TRUE(std::isnan(shares[4]));
  EXPECT_TRUE(std::isnan(shares[63]));
}

TEST(LagTruth, IsLeftOpenWhereNoFormIsKnown) {
  for (const char* config : {R"({"generator": "hierarchical"})", R"({"generator": "conditional"})",
                             R"({"generator": "pattern", "vocab_distribution": "zipf"})",
                             R"({"generator": "pattern", "pattern_length": 1000000})",
                             R"({"generator": "pattern", "seq_length": 16000000})"}) {
    EXPECT_TRUE(expected_lag_equality(lag_config(config)).empty()) << config;
  }
}

}  // namespace
}  // namespace synthgen
