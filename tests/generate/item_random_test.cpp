#include "synthgen/generate/item_random.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

const CustomLaws& laws() {
  static const CustomLaws made(testing::config_of(R"({"vocab_size": 20, "seq_length": 50000})"));
  return made;
}

constexpr Item fifth_item{42, Split::train, 5};

TEST(ItemRandom, WordsAreThoseOfTheCustomSubstream) {
  ItemRandom random(laws(), fifth_item);
  PhiloxEngine engine(fifth_item, Substream::custom);
  for (int i = 0; i < 200; ++i) ASSERT_EQ(random(), engine());
}

TEST(ItemRandom, IntegersAreUniform) {
  ItemRandom random(laws(), fifth_item);
  std::vector<std::uint64_t> counts(7);
  for (int i = 0; i < 70000; ++i) ++counts[random.integer(7)];
  EXPECT_TRUE(testing::follows(counts, std::vector<double>(7, 1.0 / 7)));
  EXPECT_EQ(random.integer(1), 0U);
}

TEST(ItemRandom, RealsFillTheUnitIntervalEvenly) {
  ItemRandom random(laws(), fifth_item);
  std::vector<std::uint64_t> counts(16);
  for (int i = 0; i < 64000; ++i) {
    const double x = random.real();
    ASSERT_GE(x, 0);
    ASSERT_LT(x, 1);
    ++counts[static_cast<std::size_t>(x * 16)];
  }
  EXPECT_TRUE(testing::follows(counts, std::vector<double>(16, 1.0 / 16)));
}

TEST(ItemRandom, HoldsAsOftenAsAsked) {
  ItemRandom random(laws(), fifth_item);
  std::vector<std::uint64_t> counts(2);
  for (int i = 0; i < 50000; ++i) ++counts[random.holds(0.3) ? 0 : 1];
  EXPECT_TRUE(testing::follows(counts, std::vector<double>{0.3, 0.7}));
  EXPECT_TRUE(random.holds(1));
  EXPECT_FALSE(random.holds(0));
}

TEST(ItemRandom, TokensAreTheSameHoweverMuchElseIsDrawn) {
  ItemRandom plain(laws(), fifth_item);
  ItemRandom busy(laws(), fifth_item);
  for (int i = 0; i < 300; ++i) {
    busy.real();
    busy.pattern_token(static_cast<std::uint64_t>(i));
    ASSERT_EQ(plain.token(), busy.token());
  }
}

TEST(ItemRandom, TokensFollowTheContentDistribution) {
  const CustomLaws zipf(testing::config_of(
      R"({"vocab_size": 20, "seq_length": 50000, "vocab_distribution": "zipf"})"));
  ItemRandom random(zipf, fifth_item);
  std::vector<std::uint64_t> counts(20);
  for (int i = 0; i < 50000; ++i) ++counts[random.token()];
  std::vector<double> law;
  for (std::uint32_t id = 0; id < 20; ++id) law.push_back(zipf.content.probability_of_id(id));
  EXPECT_TRUE(testing::follows(counts, law));
}

TEST(ItemRandom, PatternTokensMayBeAskedForInAnyOrder) {
  ItemRandom forward(laws(), fifth_item);
  ItemRandom backward(laws(), fifth_item);
  std::vector<std::uint32_t> tokens;
  for (std::size_t i = 0; i < 45; ++i) tokens.push_back(forward.pattern_token(i));
  for (std::size_t i = 45; i-- > 0;) ASSERT_EQ(backward.pattern_token(i), tokens[i]);
}

TEST(ItemRandom, StreamsDoNotShareDraws) {
  ItemRandom random(laws(), fifth_item);
  int equal = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) equal += random.token() == random.pattern_token(i);
  EXPECT_LT(equal, 120) << "1/20 of them by chance";
}

TEST(ItemRandom, TheBudgetGrowsWithTheLengthAndEndsWithTheAddresses) {
  EXPECT_EQ(CustomLaws::draw_budget(1), 66560U);
  EXPECT_EQ(CustomLaws::draw_budget(1 << 24), WordStream::max_words);
  const CustomLaws tiny(testing::config_of(R"({"seq_length": 1})"));
  ItemRandom random(tiny, fifth_item);
  for (int i = 0; i < 66560; ++i) random();
  EXPECT_EQ(random.draws_left(), 0U);
  EXPECT_THROW(random(), DrawBudgetExceeded);
  EXPECT_THROW(random.token(), DrawBudgetExceeded);
  EXPECT_THROW(random.pattern_token(0), DrawBudgetExceeded);
}

}  // namespace
}  // namespace synthgen
