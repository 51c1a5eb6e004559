#include "synthgen/random/draws.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace synthgen {
namespace {

constexpr std::uint32_t draw_ranges[] = {1, 3, 10000, 1'500'000'000, 0x80000001, 0xFFFFFFFF};

/// Calls check(position, length) for stretches that begin and end inside of groups of words, at
/// their borders, and in the same group.
template <class Check>
void each_stretch(const Check& check) {
  for (const std::uint64_t position : {0U, 1U, 63U, 64U, 1000U}) {
    for (const std::size_t length : {0U, 1U, 2U, 7U, 8U, 64U, 65U, 1100U}) check(position, length);
  }
}

TEST(Draws, OfAStretchAreThoseOfItsPositions) {
  const WordStream stream({42, Split::val, 9}, Substream::content);
  for (const std::uint32_t range : draw_ranges) {
    const Bounded bounded(range);
    each_stretch([&](std::uint64_t position, std::size_t length) {
      WordReader words(stream);
      std::vector<std::uint32_t> values(length, 77);
      draw_all(bounded, 5, words, position, values);
      for (std::size_t i = 0; i < length; ++i) {
        ASSERT_EQ(values[i], 5 + bounded.draw(stream, position + i)) << range << ", " << i;
      }
    });
  }
}

TEST(Draws, ReplaceAValueIfAndOnlyIfItsDecisionHolds) {
  const WordStream stream({42, Split::val, 9}, Substream::noise_token);
  const WordStream mask({42, Split::val, 9}, Substream::noise_mask);
  for (const double probability : {0x1p-32, 0.1, 0.5, 1 - 0x1p-32, 1.0}) {
    const Decision decision(probability);
    for (const std::uint32_t range : draw_ranges) {
      const Bounded bounded(range);
      each_stretch([&](std::uint64_t position, std::size_t length) {
        WordReader words(stream);
        WordReader decisions(mask);
        std::vector<std::uint32_t> values(length, 77);
        draw_where(decision, decisions, bounded, 5, words, position, values);
        for (std::size_t i = 0; i < length; ++i) {
          const bool holds = decision.holds(mask.word(position + i));
          ASSERT_EQ(values[i], holds ? 5 + bounded.draw(stream, position + i) : 77)
              << range << ", " << probability << ", " << i;
        }
      });
    }
  }
}

}  // namespace
}  // namespace synthgen
