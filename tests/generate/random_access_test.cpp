#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

namespace synthgen {
namespace {

using testing::FamilyCase;
using testing::generator_of;

using Tokens = std::vector<std::uint32_t>;

Tokens tokens_of(const Generator& generator, Split split, std::uint64_t index) {
  SequenceBatch batch;
  generator.generate(split, index, 1, batch);
  EXPECT_EQ(batch.size(), 1U);
  return {batch[0].begin(), batch[0].end()};
}

SequenceBatch range_of(const Generator& generator, Split split, std::uint64_t first,
                       std::uint64_t count, bool with_latents = false) {
  SequenceBatch batch;
  generator.generate(split, first, count, batch, with_latents);
  EXPECT_EQ(batch.size(), count);
  return batch;
}

class EveryFamily : public ::testing::TestWithParam<FamilyCase> {
 protected:
  const Generator generator = generator_of(GetParam().config);
};

TEST_P(EveryFamily, ARangeHoldsWhatEachIndexGivesAlone) {
  for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{17}}) {
    const SequenceBatch batch = range_of(generator, Split::train, first, 20);
    for (std::size_t i = 20; i-- > 0;) {
      ASSERT_EQ(Tokens(batch[i].begin(), batch[i].end()),
                tokens_of(generator, Split::train, first + i))
          << "sequence " << first + i;
    }
  }
}

TEST_P(EveryFamily, RangesThatOverlapAgree) {
  const SequenceBatch early = range_of(generator, Split::val, 0, 12);
  const SequenceBatch late = range_of(generator, Split::val, 5, 12);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(Tokens(early[5 + i].begin(), early[5 + i].end()),
              Tokens(late[i].begin(), late[i].end()));
  }
}

TEST_P(EveryFamily, HugeIndicesAreAsGoodAsAny) {
  for (const std::uint64_t index :
       {std::uint64_t{1000000000000}, std::uint64_t{1} << 63, ~std::uint64_t{0} - 2}) {
    const SequenceBatch batch = range_of(generator, Split::train, index, 2);
    EXPECT_EQ(Tokens(batch[1].begin(), batch[1].end()),
              tokens_of(generator, Split::train, index + 1));
  }
}

TEST_P(EveryFamily, LatentsChangeNoToken) {
  const SequenceBatch plain = range_of(generator, Split::train, 3, 10);
  const SequenceBatch described = range_of(generator, Split::train, 3, 10, true);
  EXPECT_EQ(described.tokens, plain.tokens);
  EXPECT_EQ(described.offsets, plain.offsets);
  EXPECT_TRUE(plain.latents.empty());
  ASSERT_TRUE(described.has_latents());
  const SequenceBatch later = range_of(generator, Split::train, 7, 1, true);
  EXPECT_EQ(later.latents[0], described.latents[4]);
}

TEST_P(EveryFamily, AnotherGeneratorOfTheSameConfigAgrees) {
  const Generator again = generator_of(to_text(canonical_config(generator.config())));
  const SequenceBatch batch = range_of(again, Split::test, 100, 10);
  EXPECT_EQ(batch.tokens, range_of(generator, Split::test, 100, 10).tokens);
}

TEST_P(EveryFamily, AppendingKeepsWhatTheBatchHolds) {
  SequenceBatch batch = range_of(generator, Split::train, 0, 3);
  generator.generate(Split::train, 3, 4, batch);
  EXPECT_EQ(batch.tokens, range_of(generator, Split::train, 0, 7).tokens);
  batch.clear();
  generator.generate(Split::train, 5, 1, batch);
  EXPECT_EQ(batch.tokens, tokens_of(generator, Split::train, 5));
  generator.generate(Split::train, 5, 0, batch);
  EXPECT_EQ(batch.size(), 1U);
}

TEST_P(EveryFamily, CountsOfTheSplitsAndOtherSplitsDoNotMatter) {
  const Generator smaller =
      generator_of(GetParam().config, {{"num_train", 1}, {"num_val", 0}, {"num_test", 9}});
  EXPECT_EQ(range_of(smaller, Split::train, 0, 5).tokens,
            range_of(generator, Split::train, 0, 5).tokens);
}

TEST_P(EveryFamily, TokensAreIdsOfTheVocabularyAndLengthsAreInBounds) {
  const Config& config = generator.config();
  const SequenceBatch batch = range_of(generator, Split::train, 0, 100);
  for (const std::uint32_t token : batch.tokens) ASSERT_LT(token, config.vocab_size);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ASSERT_GE(batch[i].size(), 1U);
    if (config.length_variation == 0 && config.template_fill != "natural" &&
        config.components.is_null()) {
      ASSERT_EQ(batch[i].size(), static_cast<std::size_t>(config.seq_length));
    }
  }
}

TEST_P(EveryFamily, SeedSplitAndIndexGiveSequencesOfTheirOwn) {
  // Seeding by addition would make item 1 of seed 42 equal item 0 of seed 43.
  if (generator.config().seq_length < 20) return;
  std::set<Tokens> seen;
  std::size_t made = 0;
  for (int seed = 40; seed < 46; ++seed) {
    const Generator seeded = generator_of(GetParam().config, {{"seed", seed}});
    for (const Split split : all_splits) {
      for (std::uint64_t index = 0; index < 6; ++index) {
        Tokens tokens = tokens_of(seeded, split, index);
        if (tokens.size() < 20) continue;
        seen.insert(std::move(tokens));
        ++made;
      }
    }
  }
  EXPECT_EQ(seen.size(), made);
}

INSTANTIATE_TEST_SUITE_P(, EveryFamily, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

}  // namespace
}  // namespace synthgen
