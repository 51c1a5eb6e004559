#include "synthgen/analyze/counting/suffix_array.hpp"

#include <gtest/gtest.h>
#include <numeric>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

Tokens sorted_suffixes(const Tokens& text) {
  Tokens order(text.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto begin = text.data();
    const auto end = begin + text.size();
    return std::lexicographical_compare(begin + a, end, begin + b, end);
  });
  return order;
}

TEST(SuffixArray, KnownAnswers) {
  EXPECT_EQ(suffix_array(Tokens{}, 0), Tokens{});
  EXPECT_EQ(suffix_array(Tokens{4}, 5), Tokens{0});
  EXPECT_EQ(suffix_array(Tokens{0, 0, 0}, 1), (Tokens{2, 1, 0}));
  EXPECT_EQ(suffix_array(Tokens{1, 0, 2, 0, 2, 0}, 3), (Tokens{5, 3, 1, 0, 4, 2}));  // banana
}

TEST(SuffixArray, OfEveryShortTextSortsItsSuffixes) {
  constexpr std::uint32_t ids = 3;
  for (std::size_t length = 1; length <= 8; ++length) {
    std::size_t texts = 1;
    for (std::size_t i = 0; i < length; ++i) texts *= ids;
    for (std::size_t number = 0; number < texts; ++number) {
      Tokens text;
      for (std::size_t rest = number; text.size() < length; rest /= ids) {
        text.push_back(static_cast<std::uint32_t>(rest % ids));
      }
      ASSERT_EQ(suffix_array(text, ids), sorted_suffixes(text)) << length << ' ' << number;
    }
  }
}

TEST(SuffixArray, OfRandomAndOfPeriodicTextsSortsTheirSuffixes) {
  PhiloxEngine source(3);
  for (const std::uint32_t ids : {1U, 2U, 5U, 300U}) {
    for (const std::size_t period : {std::size_t{1}, std::size_t{7}, std::size_t{400}}) {
      Tokens text(400);
      for (std::size_t t = 0; t < text.size(); ++t) {
        text[t] = t >= period && source() % 50 != 0 ? text[t - period] : source() % ids;
      }
      ASSERT_EQ(suffix_array(text, ids), sorted_suffixes(text)) << ids << ' ' << period;
    }
  }
}

}  // namespace
}  // namespace synthgen
