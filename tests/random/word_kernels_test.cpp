#include "synthgen/random/kernels/word_kernels.hpp"

#include "synthgen/random/bounded.hpp"
#include "synthgen/random/stream.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <vector>

namespace synthgen {
namespace {

constexpr std::size_t group_size = WordStream::group_size;

std::vector<Item> kernel_items() {
  return {{0, Split::train, 0},
          {42, Split::val, 1},
          {(std::uint64_t{1} << 53) - 1, Split::test, 1'000'000'000'000},
          {7, Split::train, ~std::uint64_t{0}}};
}

/// A kernel's words of `groups` groups from group `first` on.
std::vector<std::uint32_t> words_by(const WordKernels& kernel, const WordStream& stream,
                                    std::size_t first, std::size_t groups) {
  std::vector<std::uint32_t> words(groups * group_size);
  kernel.words(stream.address(), static_cast<std::uint32_t>(first * 16), words.data(), groups);
  return words;
}

TEST(WordKernels, TheScalarOneIsFirstAndTheFastestIsUsed) {
  ASSERT_FALSE(all_word_kernels().empty());
  EXPECT_STREQ(all_word_kernels().front().name, "scalar");
  EXPECT_STREQ(all_word_kernels().back().name, word_kernels().name);
}

TEST(WordKernels, EachGivesTheWordsOfTheStreamAtEveryOffset) {
  for (const WordKernels& kernel : all_word_kernels()) {
    for (const Item& item : kernel_items()) {
      for (const Substream substream : {Substream::length, Substream::content, Substream::custom}) {
        const WordStream stream(item, substream);
        for (const std::size_t first : std::initializer_list<std::size_t>{
                 0, 1, 77, static_cast<std::size_t>(WordStream::max_words / group_size) - 5}) {
          for (const std::size_t groups : {1UL, 2UL, 5UL}) {
            const auto words = words_by(kernel, stream, first, groups);
            for (std::size_t i = 0; i < words.size(); ++i) {
              ASSERT_EQ(words[i], stream.word(first * group_size + i))
                  << kernel.name << ", group " << first << ", word " << i;
            }
          }
        }
      }
    }
  }
}

TEST(WordKernels, EachMultipliesWordsAndSeesEveryRejectedOne) {
  // From ranges that reject next to nothing to those that reject nearly half of the words.
  const std::vector<std::uint32_t> ranges = {1,          2,          3,          255,
                                             10'000,     65'536,     16'777'213, 0x7FFFFFFF,
                                             0x80000000, 0x80000001, 0xC0000000, 0xFFFFFFFF};
  for (const WordKernels& kernel : all_word_kernels()) {
    for (const Item& item : kernel_items()) {
      const WordStream stream(item, Substream::content);
      for (const std::uint32_t range : ranges) {
        const Bounded bounded(range);
        for (std::size_t group = 0; group < 12; ++group) {
          std::vector<std::uint32_t> values(group_size);
          const bool accepted =
              kernel.products(stream.address(), static_cast<std::uint32_t>(group * 16), range,
                              bounded.reject_below(), values.data(), 1);
          bool all_accepted = true;
          for (std::size_t i = 0; i < group_size; ++i) {
            const std::uint32_t word = stream.word(group * group_size + i);
            ASSERT_EQ(values[i], bounded.value(word)) << kernel.name << ", range " << range;
            all_accepted = all_accepted && bounded.accepts(word);
          }
          ASSERT_EQ(accepted, all_accepted) << kernel.name << ", range " << range;
        }
      }
    }
  }
}

TEST(WordKernels, ASingleRejectedWordIsSeenInEveryPlaceOfAGroup) {
  // The threshold of range 1 can be set so that exactly the smallest word is below it.
  for (const WordKernels& kernel : all_word_kernels()) {
    std::vector<bool> seen(group_size);
    for (std::uint64_t index = 0; index < 2'000; ++index) {
      const WordStream stream({5, Split::train, index}, Substream::content);
      const auto words = words_by(kernel, stream, 0, 1);
      const auto smallest = std::min_element(words.begin(), words.end());
      std::vector<std::uint32_t> values(group_size);
      const auto accepts = [&](std::uint32_t reject_below) {
        return kernel.products(stream.address(), 0, 1, reject_below, values.data(), 1);
      };
      ASSERT_TRUE(accepts(*smallest)) << kernel.name;
      ASSERT_FALSE(accepts(*smallest + 1)) << kernel.name;
      seen[static_cast<std::size_t>(smallest - words.begin())] = true;
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), group_size) << kernel.name;
  }
}

TEST(WordKernels, EachDrawsWhereItsDecisionHoldsAndSeesTheRejectedOnesOfThose) {
  const WordStream stream({42, Split::train, 1}, Substream::content);
  const WordStream mask({42, Split::train, 1}, Substream::noise_mask);
  const auto words = words_by(all_word_kernels()[0], stream, 0, 2);
  const auto decisions = words_by(all_word_kernels()[0], mask, 0, 2);
  for (const WordKernels& kernel : all_word_kernels()) {
    for (const std::uint32_t range : {1U, 10'000U, 0x18000000U, 0x80000001U, 0xFFFFFFFFU}) {
      const Bounded bounded(range);
      for (const std::uint32_t last : {0U, decisions[3], 0x20000000U, 0x80000000U, 0xFFFFFFFFU}) {
        for (std::size_t start = 0; start < 20; ++start) {
          for (const std::size_t count : {0UL, 1UL, 3UL, 8UL, 17UL, 64UL, 100UL}) {
            std::vector<std::uint32_t> values(count, 7);
            const bool accepted = kernel.draw_where({.words = words.data() + start,
                                                     .decisions = decisions.data() + start,
                                                     .last = last,
                                                     .first = 100,
                                                     .range = range,
                                                     .reject_below = bounded.reject_below(),
                                                     .values = values.data(),
                                                     .count = count});
            bool all_accepted = true;
            for (std::size_t i = 0; i < count; ++i) {
              const bool holds = decisions[start + i] <= last;
              const std::uint32_t word = words[start + i];
              ASSERT_EQ(values[i], holds ? 100 + bounded.value(word) : 7) << kernel.name;
              all_accepted = all_accepted && (!holds || bounded.accepts(word));
            }
            ASSERT_EQ(accepted, all_accepted) << kernel.name << ", range " << range;
          }
        }
      }
    }
  }
}

TEST(WordKernels, FillingAnyLengthEqualsDrawingOneByOne) {
  const Item item{42, Split::train, 3};
  const TokenWords words = TokenWords::content(item);
  for (const std::uint32_t range : {2U, 1000U, 1'500'000'000U, 0x7FFFFFFFU}) {
    const TokenSampler sampler = TokenSampler::uniform(range);
    for (const std::size_t length : {1UL, 63UL, 64UL, 65UL, 511UL, 512UL, 513UL, 1600UL}) {
      std::vector<std::uint32_t> filled(length);
      sampler.fill(words, filled);
      for (std::size_t i = 0; i < length; ++i) {
        std::uint32_t attempt = 0;
        ASSERT_EQ(filled[i], sampler.draw(words, i, attempt)) << range << ", " << length;
      }
    }
  }
}

}  // namespace
}  // namespace synthgen
