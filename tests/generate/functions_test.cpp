#include "synthgen/generate/functions.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

SequenceBatch generated(const char* config, std::uint64_t count) {
  SequenceBatch batch;
  testing::generator_of(config).generate(Split::train, 0, count, batch);
  return batch;
}

TEST(SequenceFunctions, RandomSequencesAreTheGenerators) {
  const auto batch = generate_random_sequences(
      {.vocab_size = 1000, .seq_length = 128, .num_samples = 50, .seed = 7});
  ASSERT_TRUE(batch);
  const SequenceBatch expected =
      generated(R"({"generator": "random", "vocab_size": 1000, "seq_length": 128, "seed": 7})", 50);
  EXPECT_EQ(batch->tokens, expected.tokens);
  EXPECT_EQ(batch->offsets, expected.offsets);
}

TEST(SequenceFunctions, PatternSequencesAreTheGenerators) {
  const auto batch =
      generate_pattern_sequences({.vocab_size = 1000,
                                  .seq_length = 256,
                                  .num_samples = 50,
                                  .pattern_types = {"repetition", "alternation", "progression"},
                                  .pattern_probability = 0.6,
                                  .seed = 42});
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->tokens, generated(R"({"generator": "pattern", "vocab_size": 1000,
                                         "seq_length": 256, "seed": 42,
                                         "pattern_types": ["rep", "alt", "prog"],
                                         "pattern_probability": 0.6})",
                                     50)
                               .tokens);
}

TEST(SequenceFunctions, DefaultsAreTheParameterTables) {
  const RandomSequencesOptions random;
  const PatternSequencesOptions pattern;
  const Config config = default_config();
  EXPECT_EQ(random.vocab_size, config.vocab_size);
  EXPECT_EQ(random.seq_length, config.seq_length);
  EXPECT_EQ(random.seed, config.seed);
  EXPECT_EQ(pattern.vocab_size, config.vocab_size);
  EXPECT_EQ(pattern.seq_length, config.seq_length);
  EXPECT_EQ(pattern.pattern_types, config.pattern_types);
  EXPECT_EQ(pattern.pattern_probability, config.pattern_probability);
  EXPECT_EQ(pattern.seed, config.seed);
}

TEST(SequenceFunctions, NoSamplesIsAnEmptyBatch) {
  const auto batch = generate_random_sequences({.num_samples = 0});
  ASSERT_TRUE(batch);
  EXPECT_TRUE(batch->empty());
}

TEST(SequenceFunctions, BadArgumentsAreReportedAllAtOnceUnderTheirOwnNames) {
  const auto batch = generate_pattern_sequences({.vocab_size = 1,
                                                 .seq_length = 0,
                                                 .num_samples = -3,
                                                 .pattern_types = {},
                                                 .pattern_probability = 1.3,
                                                 .seed = -1});
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().kind, ErrorKind::usage);
  std::set<std::string> keys;
  for (const Problem& problem : batch.error().problems) keys.insert(problem.key);
  EXPECT_EQ(keys, (std::set<std::string>{"vocab_size", "seq_length", "num_samples", "pattern_types",
                                         "pattern_probability", "seed"}));
  EXPECT_NE(batch.error().message.find("num_samples: got -3"), std::string::npos);
}

}  // namespace
}  // namespace synthgen
