#include "synthgen/generate/generator.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "support/configs.hpp"
#include "support/family_cases.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

/// What a measurement sees of one sequence.
struct Seen {
  const Config& config;
  std::span<const std::uint32_t> tokens;
  const Latents& latents;
};

double id_probability(const Config& config, std::uint32_t id) {
  if (config.vocab_distribution == "uniform") return 1.0 / static_cast<double>(config.vocab_size);
  double norm = 0;
  for (std::int64_t rank = config.vocab_size; rank >= 1; --rank) {
    norm += std::pow(static_cast<double>(rank), -config.zipf_exponent);
  }
  return std::pow(id + 1.0, -config.zipf_exponent) / norm;
}

/// A value of one sequence whose mean the expectation of that name is; none when the sequence has
/// none. A family's own expectations come here with their measurement.
const std::map<std::string, std::function<std::optional<double>(const Seen&)>> measurements{
    {"avg_length",
     [](const Seen& seen) { return std::optional(static_cast<double>(seen.tokens.size())); }},
    {"noise_rate",
     [](const Seen& seen) {
       return std::optional(static_cast<double>(seen.latents.noise.size()) /
                            static_cast<double>(seen.tokens.size()));
     }},
    {"content_entropy_bits",
     [](const Seen& seen) -> std::optional<double> {
       // A noisy token is a content draw in every family.
       if (seen.latents.noise.empty()) return std::nullopt;
       return -std::log2(id_probability(seen.config, seen.tokens[seen.latents.noise[0]]));
     }},
    {"local_coherence",
     [](const Seen& seen) -> std::optional<double> {
       if (seen.tokens.size() < 2) return std::nullopt;
       double equal = 0;
       for (std::size_t t = 1; t < seen.tokens.size(); ++t) {
         equal += seen.tokens[t] == seen.tokens[t - 1] ? 1 : 0;
       }
       return equal / static_cast<double>(seen.tokens.size() - 1);
     }},
    {"pattern_share",
     [](const Seen& seen) {
       double share = 0;
       for (const Span& span : seen.latents.spans) {
         if (span.kind != SpanKind::fresh) share += span.length;
       }
       return std::optional(share / static_cast<double>(seen.tokens.size()));
     }},
};

class TruthOfEveryFamily : public ::testing::TestWithParam<testing::FamilyCase> {
 protected:
  /// Compares each expectation with its measurement.
  static void expect_truth(const Generator& generator) {
    SequenceBatch batch;
    generator.generate(Split::train, 0, 1500, batch, true);
    for (const Expectation& expectation : generator.truth()) {
      const auto measurement = measurements.find(expectation.name);
      ASSERT_NE(measurement, measurements.end()) << expectation.name << " is never measured";
      std::vector<double> values;
      for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto value = measurement->second({generator.config(), batch[i], batch.latents[i]});
        if (value) values.push_back(*value);
      }
      if (values.size() < 100 || std::set<double>(values.begin(), values.end()).size() == 1) {
        if (!values.empty()) {
          EXPECT_NEAR(values[0], expectation.value, 1e-6) << expectation.name;
        }
        continue;
      }
      EXPECT_TRUE(testing::has_mean(values, expectation.value)) << expectation.name;
    }
  }
};

TEST_P(TruthOfEveryFamily, IsWhatSequencesShow) {
  const Generator generator = generator_of(GetParam().config);
  expect_truth(generator);
}

TEST_P(TruthOfEveryFamily, IsWhatSequencesShowUnderNoise) {
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
  for (const Expectation& expectation : generator_of(config).truth()) {
    if (expectation.name == name) return expectation.value;
  }
  ADD_FAILURE() << "no expectation " << name;
  return 0;
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

TEST(Truth, OfAnotherConfigIsRefuted) {
  const auto shares = [](const char* config) {
    SequenceBatch batch;
    const Generator generator = generator_of(config);
    generator.generate(Split::train, 0, 1500, batch, true);
    std::vector<double> values;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      values.push_back(
          *measurements.at("pattern_share")({generator.config(), batch[i], batch.latents[i]}));
    }
    return values;
  };
  EXPECT_FALSE(testing::has_mean(shares(R"({"pattern_probability": 0.33})"),
                                 expected(R"({"pattern_probability": 0.3})", "pattern_share")));
}

}  // namespace
}  // namespace synthgen
