#include "synthgen/random/bounded.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

constexpr std::uint64_t all_words = std::uint64_t{1} << 32;
constexpr std::uint32_t ranges[] = {1,       2,          3,          5,          10,
                                    255,     10000,      65536,      65537,      16777216,
                                    2000000, 2147483647, 2147483648, 2147483649, 4294967295};

/// The words with a given value are consecutive, since the value grows with the word; those that
/// are accepted are the last ones of them. So the borders prove how many words give each value.
struct WordsOf {
  std::uint64_t first;     ///< first word with the value
  std::uint64_t accepted;  ///< first one that is accepted
  std::uint64_t end;       ///< one past the last
};

WordsOf words_of(std::uint64_t value, std::uint64_t range) {
  const auto ceiling = [&](std::uint64_t product) { return (product + range - 1) / range; };
  return {ceiling(value * all_words), ceiling(value * all_words + all_words % range),
          ceiling((value + 1) * all_words)};
}

TEST(Bounded, EveryValueIsGivenByEquallyManyWords) {
  for (const std::uint32_t range : ranges) {
    const Bounded bounded(range);
    EXPECT_EQ(bounded.range(), range);
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{range} / 3,
                                      std::uint64_t{range} / 2, std::uint64_t{range} - 1}) {
      if (value >= range) continue;
      const WordsOf words = words_of(value, range);
      ASSERT_EQ(words.end - words.accepted, all_words / range)
          << "value " << value << " of " << range;
      for (const std::uint64_t word : {words.first, words.accepted, words.end - 1}) {
        if (word >= words.end) continue;
        ASSERT_EQ(bounded.value(static_cast<std::uint32_t>(word)), value);
        ASSERT_EQ(bounded.accepts(static_cast<std::uint32_t>(word)), word >= words.accepted);
      }
      if (words.accepted > words.first) {
        ASSERT_FALSE(bounded.accepts(static_cast<std::uint32_t>(words.accepted - 1)));
      }
    }
  }
}

TEST(Bounded, ARangeThatDividesTheWordsRejectsNone) {
  for (const std::uint32_t range : {1U, 2U, 65536U, 16777216U, 2147483648U}) {
    for (const std::uint32_t word : {0U, 1U, 12345U, 0x80000000U, 0xFFFFFFFFU}) {
      EXPECT_TRUE(Bounded(range).accepts(word)) << word << " in " << range;
    }
  }
}

TEST(Bounded, RangeOneGivesZeroFromEveryWord) {
  for (const std::uint32_t word : {0U, 77U, 0xFFFFFFFFU}) EXPECT_EQ(Bounded(1).value(word), 0U);
}

TEST(Bounded, DrawsAreThoseOfTheDefinition) {
  const Item item{7, Split::val, 123};
  WordReader words(WordStream(item, Substream::content));
  for (const std::uint32_t range : ranges) {
    for (std::uint64_t position = 0; position < 300; ++position) {
      std::uint32_t attempt = 0;
      std::uint32_t expected_attempt = 0;
      const std::uint32_t expected = testing::reference_bounded(
          {.seed = 7, .split = 1, .index = 123, .substream = 1, .position = position}, range,
          &expected_attempt);
      ASSERT_EQ(Bounded(range).draw(words, position, attempt), expected);
      ASSERT_EQ(attempt, expected_attempt) << "position " << position << " of range " << range;
      ASSERT_EQ(Bounded(range).draw(words, position), expected);
    }
  }
}

TEST(Bounded, ALaterStartTakesTheNextAcceptedAttempt) {
  const Bounded bounded(2147483649);  // rejects almost every second word
  const WordStream words({1, Split::train, 0}, Substream::content);
  for (std::uint64_t position = 0; position < 50; ++position) {
    std::uint32_t attempt = 0;
    for (int i = 0; i < 20; ++i, ++attempt) {
      const std::uint32_t from = attempt;
      const std::uint32_t value = bounded.draw(words, position, attempt);
      for (std::uint32_t skipped = from; skipped < attempt; ++skipped) {
        ASSERT_FALSE(bounded.accepts(words.word(position, skipped)));
      }
      ASSERT_TRUE(bounded.accepts(words.word(position, attempt)));
      ASSERT_EQ(value, bounded.value(words.word(position, attempt)));
    }
  }
}

TEST(Bounded, ARejectedPositionMovesNoNeighbour) {
  // Half of the positions are rejected at first; the accepted ones must still hold their own first
  // word's value, wherever the rejected ones are.
  const Bounded bounded(2147483649);
  const WordStream words({3, Split::train, 9}, Substream::content);
  std::uint64_t rejected = 0;
  for (std::uint64_t position = 0; position < 10000; ++position) {
    const std::uint32_t first = words.word(position);
    if (bounded.accepts(first)) {
      ASSERT_EQ(bounded.draw(words, position), bounded.value(first));
    } else {
      ++rejected;
    }
  }
  EXPECT_TRUE(testing::happens_with(0.5, rejected, 10000));
}

TEST(Bounded, ValuesAreUniform) {
  for (const std::uint32_t range : {2U, 3U, 1000U}) {
    WordReader words(WordStream({11, Split::train, 0}, Substream::content));
    std::vector<std::uint64_t> counts(range);
    for (std::uint64_t position = 0; position < 100000; ++position) {
      ++counts[Bounded(range).draw(words, position)];
    }
    EXPECT_TRUE(testing::follows_uniform(counts)) << range;
  }
}

TEST(Bounded, ThirdsOfALargeRangeAreUniformAndMultiplyShiftWithoutRejectionIsNot) {
  // With range 3·2^30 the words that are rejected are exactly what makes the last of each three
  // values rarer; leaving them in shows.
  constexpr std::uint32_t range = 3U << 30;
  const Bounded bounded(range);
  WordReader words(WordStream({12, Split::train, 0}, Substream::content));
  std::vector<std::uint64_t> sound(3);
  std::vector<std::uint64_t> careless(3);
  for (std::uint64_t position = 0; position < 100000; ++position) {
    ++sound[bounded.draw(words, position) % 3];
    ++careless[bounded.value(words.word(position)) % 3];
  }
  EXPECT_TRUE(testing::follows_uniform(sound));
  EXPECT_FALSE(testing::follows_uniform(careless));
}

}  // namespace
}  // namespace synthgen
