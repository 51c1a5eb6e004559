#include "synthgen/random/stream.hpp"

#include <array>
#include <gtest/gtest.h>
#include <set>

#include "support/reference_words.hpp"

namespace synthgen {
namespace {

using testing::Address;
using testing::reference_word;

constexpr std::uint64_t largest_seed = (std::uint64_t{1} << 53) - 1;
constexpr std::array<std::uint64_t, 5> seeds{0, 1, 42, std::uint64_t{1} << 32, largest_seed};
constexpr std::array<std::uint64_t, 6> indices{
    0, 1, 0xFFFFFFFF, std::uint64_t{1} << 32, std::uint64_t{1} << 63, ~std::uint64_t{0}};
constexpr std::array<std::uint64_t, 9> positions{0, 1, 15, 16, 17, 63, 64, 127, 268435455};

TEST(WordStream, NumbersOfSubstreamsAndSplitsAreTheDocumentedOnes) {
  EXPECT_EQ(static_cast<int>(Substream::length), 0);
  EXPECT_EQ(static_cast<int>(Substream::content), 1);
  EXPECT_EQ(static_cast<int>(Substream::content_fraction), 2);
  EXPECT_EQ(static_cast<int>(Substream::structure), 3);
  EXPECT_EQ(static_cast<int>(Substream::noise_mask), 4);
  EXPECT_EQ(static_cast<int>(Substream::noise_token), 5);
  EXPECT_EQ(static_cast<int>(Substream::noise_fraction), 6);
  EXPECT_EQ(static_cast<int>(Substream::mixture), 7);
  EXPECT_EQ(static_cast<int>(Substream::family), 16);
  EXPECT_EQ(static_cast<int>(Substream::custom), 64);
  EXPECT_EQ(static_cast<int>(Split::train), 0);
  EXPECT_EQ(static_cast<int>(Split::val), 1);
  EXPECT_EQ(static_cast<int>(Split::test), 2);
}

TEST(WordStream, EveryPartOfTheAddressStandsAtItsPlaceInTheCounter) {
  for (const std::uint64_t seed : seeds) {
    for (const std::uint64_t index : indices) {
      for (std::uint32_t split = 0; split < 3; ++split) {
        for (const std::uint32_t substream : {0U, 1U, 7U, 16U, 64U, 65535U}) {
          const WordStream stream({seed, static_cast<Split>(split), index},
                                  static_cast<Substream>(substream));
          for (const std::uint64_t position : positions) {
            for (const std::uint32_t attempt : {0U, 1U, 255U}) {
              const Address at{seed, split, index, substream, position, attempt};
              ASSERT_EQ(stream.word(position, attempt), reference_word(at))
                  << "seed " << seed << ", split " << split << ", index " << index << ", substream "
                  << substream << ", position " << position << ", attempt " << attempt;
            }
          }
        }
      }
    }
  }
}

TEST(WordStream, AGroupHoldsTheWordsAtItsPositions) {
  const WordStream stream({42, Split::val, 5}, Substream::structure);
  for (const std::uint64_t group : {0U, 1U, 2U, 1000U, 4194303U}) {
    std::array<std::uint32_t, 64> words{};
    stream.group(group, words);
    for (std::size_t i = 0; i < words.size(); ++i) {
      ASSERT_EQ(words[i], stream.word(64 * group + i)) << "group " << group << ", word " << i;
    }
  }
}

TEST(WordStream, ALargeAttemptMeetsNoWordOfAnotherSubstreamOrPosition) {
  // Attempt 256 of substream s must not be attempt 0 of substream s + 1: the attempts beyond 255
  // have a place of their own, which no position reaches.
  std::set<std::uint32_t> seen;
  std::size_t taken = 0;
  for (const unsigned substream : {1U, 2U, 3U}) {
    const WordStream stream({1, Split::train, 0}, static_cast<Substream>(substream));
    for (const std::uint64_t position : {std::uint64_t{0}, WordStream::max_words - 1}) {
      for (const std::uint32_t attempt : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 16128U, 16383U}) {
        seen.insert(stream.word(position, attempt));
        ++taken;
      }
    }
  }
  EXPECT_EQ(seen.size(), taken);
}

TEST(WordReader, GivesTheStreamsWordsInWhateverOrderTheyAreRead) {
  const WordStream stream({9, Split::train, 77}, Substream::content);
  WordReader reader(stream);
  for (const std::uint64_t position : {0U, 63U, 64U, 1U, 5000U, 64U, 64U, 0U}) {
    EXPECT_EQ(reader.word(position), stream.word(position));
    EXPECT_EQ(reader.word(position, 3), stream.word(position, 3));
  }
}

}  // namespace
}  // namespace synthgen
