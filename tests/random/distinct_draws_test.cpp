#include "synthgen/random/distinct_draws.hpp"

#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

WordStream words_of(std::uint64_t index) {
  return {Item{7, Split::val, index}, Substream{16}};
}

TEST(DistinctDraws, AreAPermutationOnceAllAreDrawn) {
  DistinctDraws deck(words_of(0), 1000);
  std::set<std::uint32_t> drawn;
  for (int i = 0; i < 1000; ++i) drawn.insert(deck.next());
  EXPECT_EQ(drawn.size(), 1000U);
  EXPECT_EQ(*drawn.rbegin(), 999U);
}

TEST(DistinctDraws, TakeACardAndPutTheLastOneInItsPlace) {
  std::vector<std::uint32_t> cards(50);
  std::iota(cards.begin(), cards.end(), 0U);
  DistinctDraws deck(words_of(3), 50, 8);
  for (std::uint64_t j = 0; j < 50; ++j) {
    const std::uint32_t place = testing::reference_bounded(
        {.seed = 7, .split = 1, .index = 3, .substream = 16, .position = 8 + j}, cards.size());
    EXPECT_EQ(deck.next(), cards[place]);
    cards[place] = cards.back();
    cards.pop_back();
  }
}

TEST(DistinctDraws, HaveEveryOrderAlike) {
  std::map<std::vector<std::uint32_t>, std::uint64_t> counts;
  for (std::uint64_t i = 0; i < 12000; ++i) {
    DistinctDraws deck(words_of(i), 4);
    std::vector<std::uint32_t> order;
    for (int j = 0; j < 3; ++j) order.push_back(deck.next());
    ++counts[order];
  }
  std::vector<std::uint64_t> observed;
  for (const auto& [order, count] : counts) observed.push_back(count);
  ASSERT_EQ(observed.size(), 24U);
  EXPECT_TRUE(testing::follows(observed, std::vector<double>(24, 1.0 / 24)));
}

}  // namespace
}  // namespace synthgen
