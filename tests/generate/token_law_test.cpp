#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/content_law.hpp"
#include "support/statistical.hpp"

// The tokens of whole families, counted, against the law of content as the design spells it.

namespace synthgen {
namespace {

using testing::generator_of;

/// How often each rank occurs among the content tokens of many sequences.
std::vector<std::uint64_t> counted(const Generator& generator, const testing::ContentLaw& law) {
  SequenceBatch batch;
  generator.generate(Split::train, 0, 1000, batch);
  std::vector<std::uint64_t> counts(law.size());
  for (const std::uint32_t token : batch.tokens) {
    if (law.is_content(token)) ++counts.at(law.rank(token));
  }
  return counts;
}

::testing::AssertionResult follows_content_law(const char* config, const Json& changes) {
  const Generator generator = generator_of(config, changes);
  const testing::ContentLaw law(generator.config());
  return testing::follows(counted(generator, law), law.probabilities());
}

TEST(TokenLaw, UniformTokensAreUniform) {
  for (const int vocabulary : {2, 3, 10, 64, 1000, 3000}) {
    EXPECT_TRUE(follows_content_law(R"({"seq_length": 100})", {{"vocab_size", vocabulary}}))
        << vocabulary;
  }
}

TEST(TokenLaw, ZipfTokensFollowTheirExponent) {
  for (const int vocabulary : {2, 3, 10, 1000}) {
    for (const double exponent : {0.0, 0.3, 1.0, 1.5, 3.0}) {
      EXPECT_TRUE(follows_content_law(R"({"seq_length": 100, "vocab_distribution": "zipf"})",
                                      {{"vocab_size", vocabulary}, {"zipf_exponent", exponent}}))
          << vocabulary << " ids, exponent " << exponent;
    }
  }
}

TEST(TokenLaw, ASlightlyOtherExponentIsRefuted) {
  for (const double exponent : {0.97, 1.03}) {
    const Generator generator =
        generator_of(R"({"vocab_size": 1000, "seq_length": 100, "vocab_distribution": "zipf"})",
                     {{"zipf_exponent", exponent}});
    const testing::ContentLaw law(testing::config_of(
        R"({"vocab_size": 1000, "vocab_distribution": "zipf", "zipf_exponent": 1})"));
    EXPECT_FALSE(testing::follows(counted(generator, law), law.probabilities())) << exponent;
  }
}

TEST(TokenLaw, WithReservedIdsIsThatOfTheRanksLeft) {
  // Without strength nothing steers, without patterns nothing is derived.
  for (const char* distribution : {"uniform", "zipf"}) {
    for (const double noise : {0.0, 0.5, 1.0}) {
      EXPECT_TRUE(follows_content_law(
          R"({"generator": "conditional", "vocab_size": 30, "seq_length": 60, "num_conditions": 6,
              "condition_tokens": [29, 2, 11], "condition_strength": 0, "pattern_probability": 0})",
          {{"vocab_distribution", distribution}, {"noise_probability", noise}}))
          << distribution << ", noise " << noise;
    }
  }
}

TEST(TokenLaw, InTheBandOfAConditionIsTheLawGivenTheBand) {
  const Generator generator = generator_of(
      R"({"generator": "conditional", "vocab_size": 33, "seq_length": 60, "num_conditions": 3,
          "condition_strength": 1, "pattern_probability": 0, "vocab_distribution": "zipf"})");
  const testing::ContentLaw law(generator.config());
  SequenceBatch batch;
  generator.generate(Split::train, 0, 1000, batch);
  for (std::uint32_t k = 0; k < 3; ++k) {
    std::vector<std::uint64_t> counts(law.size());
    std::vector<double> given_band;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i][0] != k) continue;
      for (const std::uint32_t token : batch[i].subspan(1)) ++counts.at(law.rank(token));
    }
    for (std::uint32_t rank = 0; rank < law.size(); ++rank) {
      given_band.push_back(law.probability(rank, {10 * k, 10}));
    }
    EXPECT_TRUE(testing::follows(counts, given_band)) << "condition " << k;
  }
}

}  // namespace
}  // namespace synthgen
