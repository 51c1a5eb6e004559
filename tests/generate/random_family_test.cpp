#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

SequenceBatch sequences(const Generator& generator, std::uint64_t count, Split split = Split::train,
                        std::uint64_t first = 0) {
  SequenceBatch batch;
  generator.generate(split, first, count, batch, true);
  return batch;
}

TEST(RandomFamily, TokenTIsTheDrawAtContentWordT) {
  for (const std::uint32_t vocabulary : {2U, 3U, 10000U, 2147483647U}) {
    const Generator generator = generator_of(R"({"seq_length": 200, "seed": 9007199254740991})",
                                             {{"vocab_size", vocabulary}});
    const SequenceBatch batch = sequences(generator, 1, Split::test, std::uint64_t{1} << 40);
    for (std::size_t t = 0; t < 200; ++t) {
      ASSERT_EQ(batch.tokens[t], testing::reference_bounded({.seed = 9007199254740991,
                                                             .split = 2,
                                                             .index = std::uint64_t{1} << 40,
                                                             .substream = 1,
                                                             .position = t},
                                                            vocabulary));
    }
  }
}

TEST(RandomFamily, IdsAreUniform) {
  const SequenceBatch batch = sequences(generator_of(R"({"vocab_size": 1000})"), 300);
  std::vector<std::uint64_t> counts(1000);
  for (const std::uint32_t token : batch.tokens) ++counts[token];
  EXPECT_TRUE(testing::follows_uniform(counts));
}

TEST(RandomFamily, NeighboursInPositionIndexSplitAndSeedAreIndependent) {
  const char* config = R"({"vocab_size": 3, "seq_length": 20000})";
  const SequenceBatch batch = sequences(generator_of(config), 2);
  const SequenceBatch val = sequences(generator_of(config), 1, Split::val);
  const SequenceBatch seeded = sequences(generator_of(config, {{"seed", 43}}), 1);
  const auto independent = [&](std::span<const std::uint32_t> other) {
    std::vector<std::uint64_t> pairs(9);
    for (std::size_t t = 0; t < other.size(); ++t) ++pairs[batch.tokens[t] * 3 + other[t]];
    return testing::follows_uniform(pairs);
  };
  EXPECT_TRUE(independent(batch[1])) << "the next sequence";
  EXPECT_TRUE(independent(batch[0].subspan(1))) << "the next position";
  EXPECT_TRUE(independent(batch[0].subspan(64))) << "the next group of 64";
  EXPECT_TRUE(independent(val[0])) << "the other split";
  EXPECT_TRUE(independent(seeded[0])) << "the next seed";
  EXPECT_FALSE(independent(batch[0])) << "itself";
}

TEST(RandomFamily, ALongerSequenceOnlyGoesOn) {
  const SequenceBatch small = sequences(generator_of(R"({"seq_length": 70})"), 1);
  const SequenceBatch large = sequences(generator_of(R"({"seq_length": 700})"), 1);
  EXPECT_TRUE(std::equal(small.tokens.begin(), small.tokens.end(), large.tokens.begin()));
}

TEST(RandomFamily, ItsOnlySpanIsTheWholeFreshSequence) {
  const SequenceBatch batch = sequences(generator_of(R"({"seq_length": 12})"), 1);
  EXPECT_EQ(
      batch.latents[0].spans,
      (std::vector<Span>{
          {.start = 0, .length = 12, .kind = SpanKind::fresh, .full_length = 12, .period = 0}}));
  EXPECT_TRUE(batch.latents[0].noise.empty());
}

}  // namespace
}  // namespace synthgen
