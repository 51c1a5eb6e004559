#include "synthgen/generate/layers/noise_layer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"
#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::FamilyCase;
using testing::generator_of;

/// Sequences of one config at one noise probability, with their noisy positions marked.
struct Noised {
  SequenceBatch batch;
  std::vector<bool> noisy;  ///< for each token of the batch

  Noised(const char* config, double probability) {
    generator_of(config, {{"noise_probability", probability}})
        .generate(Split::train, 0, 60, batch, true);
    noisy.resize(batch.tokens.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (const std::uint32_t position : batch.latents[i].noise) {
        EXPECT_LT(position, batch[i].size());
        noisy[static_cast<std::size_t>(batch.offsets[i]) + position] = true;
      }
      EXPECT_TRUE(std::is_sorted(batch.latents[i].noise.begin(), batch.latents[i].noise.end()));
    }
  }
};

class NoiseOnEveryFamily : public ::testing::TestWithParam<FamilyCase> {};

TEST_P(NoiseOnEveryFamily, RaisingItIsACleanAblation) {
  const Noised clean(GetParam().config, 0);
  Noised before(GetParam().config, 0);
  for (const double probability : {0.001, 0.1, 0.2, 0.7, 1.0}) {
    const Noised now(GetParam().config, probability);
    ASSERT_EQ(now.batch.offsets, clean.batch.offsets) << "noise changed a length";
    for (std::size_t t = 0; t < now.noisy.size(); ++t) {
      if (before.noisy[t]) {
        ASSERT_TRUE(now.noisy[t]) << "a noisy position became clean at " << probability;
        ASSERT_EQ(now.batch.tokens[t], before.batch.tokens[t]) << "a noisy token was drawn anew";
      }
      if (!now.noisy[t]) {
        ASSERT_EQ(now.batch.tokens[t], clean.batch.tokens[t]) << "a clean token changed";
      }
    }
    for (std::size_t i = 0; i < now.batch.size(); ++i) {
      ASSERT_EQ(now.batch.latents[i].spans, clean.batch.latents[i].spans);
    }
    before = now;
  }
}

TEST_P(NoiseOnEveryFamily, WithoutItNoPositionIsNoisy) {
  const Noised clean(GetParam().config, 0);
  EXPECT_EQ(std::count(clean.noisy.begin(), clean.noisy.end(), true), 0);
}

INSTANTIATE_TEST_SUITE_P(, NoiseOnEveryFamily, ::testing::ValuesIn(testing::noisy_family_cases()),
                         testing::family_case_name);

TEST(NoiseLayer, APositionIsNoisyWhenItsMaskWordIsBelowTheProbability) {
  SequenceBatch batch;
  generator_of(R"({"vocab_size": 77, "seq_length": 300, "seed": 5, "noise_probability": 0.3})")
      .generate(Split::val, 8, 1, batch, true);
  const std::uint32_t threshold = 1288490189;  // round(0.3 · 2^32)
  std::vector<std::uint32_t> expected;
  for (std::size_t t = 0; t < 300; ++t) {
    const auto word = [&](std::uint32_t substream) {
      return testing::Address{
          .seed = 5, .split = 1, .index = 8, .substream = substream, .position = t};
    };
    const bool noisy = testing::reference_word(word(4)) < threshold;
    if (noisy) expected.push_back(static_cast<std::uint32_t>(t));
    EXPECT_EQ(batch.tokens[t], testing::reference_bounded(word(noisy ? 5 : 1), 77)) << t;
  }
  EXPECT_EQ(batch.latents[0].noise, expected);
}

TEST(NoiseLayer, ItsRateIsTheProbability) {
  const char* config = R"({"seq_length": 1000})";
  for (const double probability : {0.01, 0.3, 0.9}) {
    const Noised noised(config, probability);
    const auto count = std::count(noised.noisy.begin(), noised.noisy.end(), true);
    EXPECT_TRUE(
        testing::happens_with(probability, static_cast<std::uint64_t>(count), noised.noisy.size()));
  }
}

TEST(NoiseLayer, ItsTokensFollowTheContentDistributionAndIgnoreWhatTheyReplace) {
  const char* config = R"({"vocab_size": 4, "seq_length": 1000, "vocab_distribution": "zipf"})";
  const Noised clean(config, 0);
  const Noised noised(config, 1);
  std::vector<std::uint64_t> pairs(16);
  for (std::size_t t = 0; t < clean.noisy.size(); ++t) {
    ++pairs[clean.batch.tokens[t] * 4 + noised.batch.tokens[t]];
  }
  const double norm = 1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0;
  std::vector<double> law;
  for (int a = 1; a <= 4; ++a) {
    for (int b = 1; b <= 4; ++b) law.push_back(1 / norm / a / norm / b);
  }
  EXPECT_TRUE(testing::follows(pairs, law));
}

TEST(NoiseLayer, KeepsWhatLiesBeforeItsFirstPosition) {
  const Config config = testing::config_of(R"({"vocab_size": 1000, "noise_probability": 1})");
  const Content content(config);
  const NoiseLayer noise(config, content);
  std::vector<std::uint32_t> tokens(10, 5000);
  std::vector<std::uint32_t> noisy;
  noise.apply({1, Split::train, 0}, 3, tokens, &noisy);
  for (std::size_t t = 0; t < 10; ++t) EXPECT_EQ(tokens[t] == 5000, t < 3) << t;
  EXPECT_EQ(noisy, (std::vector<std::uint32_t>{3, 4, 5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace synthgen
