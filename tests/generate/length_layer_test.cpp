#include "synthgen/generate/layers/length_layer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

LengthLayer layer(std::int64_t length, double variation) {
  Config config;
  config.seq_length = length;
  config.length_variation = variation;
  return LengthLayer(config);
}

TEST(LengthLayer, WithoutVariationEveryLengthIsTheSame) {
  const LengthLayer lengths = layer(37, 0);
  EXPECT_EQ(lengths.shortest(), 37U);
  EXPECT_EQ(lengths.longest(), 37U);
  EXPECT_EQ(lengths.mean(), 37);
  for (std::uint64_t index = 0; index < 10; ++index) {
    EXPECT_EQ(lengths.draw({42, Split::train, index}), 37U);
  }
}

TEST(LengthLayer, BoundsAreRoundedHalvesUp) {
  const struct {
    std::int64_t length;
    double variation;
    std::uint32_t shortest;
    std::uint32_t longest;
  } cases[] = {
      {512, 0.2, 410, 614},  // 409.6, 614.4
      {10, 0.05, 10, 11},    // 9.5, 10.5
      {50, 0.15, 43, 58},    // 42.5, 57.5
      {5, 0.9, 1, 10},       // 0.5, 9.5
      {1, 0.5, 1, 2},        // 0.5, 1.5
      {1, 1, 1, 2},
      {3, 0.1, 3, 3},
      {100, 1, 1, 200},
      {16777216, 1, 1, 33554432},
      {16777216, 0.5, 8388608, 25165824},
  };
  for (const auto& [length, variation, shortest, longest] : cases) {
    EXPECT_EQ(layer(length, variation).shortest(), shortest) << length << " ± " << variation;
    EXPECT_EQ(layer(length, variation).longest(), longest) << length << " ± " << variation;
  }
}

TEST(LengthLayer, BoundsAreThoseOfDecimalArithmetic) {
  // v = k/100 in whole numbers: round(L(1 ± v)) = ⌊(L(100 ± k) + 50) / 100⌋.
  for (std::int64_t length = 1; length <= 700; ++length) {
    for (std::int64_t k = 0; k <= 100; ++k) {
      const LengthLayer lengths = layer(length, static_cast<double>(k) / 100);
      ASSERT_EQ(lengths.shortest(), std::max<std::int64_t>(1, (length * (100 - k) + 50) / 100))
          << length << " ± " << k << " %";
      ASSERT_EQ(lengths.longest(), (length * (100 + k) + 50) / 100) << length << " ± " << k << " %";
    }
  }
}

TEST(LengthLayer, TheDrawIsWordZeroOfTheLengthSubstream) {
  const LengthLayer lengths = layer(100, 0.3);
  for (std::uint64_t index = 0; index < 100; ++index) {
    EXPECT_EQ(lengths.draw({7, Split::val, index}),
              70 + testing::reference_bounded(
                       {.seed = 7, .split = 1, .index = index, .substream = 0}, 61));
  }
}

TEST(LengthLayer, LengthsAreUniformBetweenTheBounds) {
  const LengthLayer lengths = layer(20, 0.5);
  std::vector<std::uint64_t> counts(21);
  std::vector<double> values;
  for (std::uint64_t index = 0; index < 20000; ++index) {
    const std::uint32_t length = lengths.draw({42, Split::train, index});
    ASSERT_GE(length, 10U);
    ASSERT_LE(length, 30U);
    ++counts[length - 10];
    values.push_back(length);
  }
  EXPECT_TRUE(testing::follows_uniform(counts));
  EXPECT_TRUE(testing::has_mean(values, lengths.mean()));
}

TEST(LengthLayer, ALengthBiasedSampleIsNotUniform) {
  // A generator that picked sequences by their tokens would see long ones more often.
  const LengthLayer lengths = layer(20, 0.5);
  std::vector<std::uint64_t> counts(21);
  for (std::uint64_t index = 0; index < 2000; ++index) {
    const std::uint32_t length = lengths.draw({42, Split::train, index});
    if (index % 30 < length) ++counts[length - 10];
  }
  EXPECT_FALSE(testing::follows_uniform(counts));
}

TEST(LengthLayer, VariationMovesNoToken) {
  const SequenceBatch batch = [] {
    SequenceBatch made;
    testing::generator_of(R"({"seq_length": 100, "length_variation": 1})")
        .generate(Split::train, 0, 20, made);
    return made;
  }();
  const Generator fixed = testing::generator_of(R"({"seq_length": 200})");
  for (std::size_t index = 0; index < batch.size(); ++index) {
    SequenceBatch full;
    fixed.generate(Split::train, index, 1, full);
    EXPECT_TRUE(std::equal(batch[index].begin(), batch[index].end(), full.tokens.begin()));
  }
}

}  // namespace
}  // namespace synthgen
