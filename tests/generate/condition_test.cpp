#include "synthgen/generate/structure/condition.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <map>

#include "support/configs.hpp"
#include "support/statistical.hpp"

// What a condition steers and how often, read from latents.

namespace synthgen {
namespace {

constexpr double strength = 0.7;

SequenceBatch steered(const char* generator) {
  SequenceBatch batch;
  testing::generator_of(R"({"vocab_size": 500, "seq_length": 60, "length_variation": 0.5,
                            "num_conditions": 7, "condition_strength": 0.7,
                            "pattern_probability": 0.8})",
                        {{"generator", generator}})
      .generate(Split::train, 0, 3000, batch, true);
  return batch;
}

TEST(Condition, IsUniformAndSaidByTheFirstToken) {
  const SequenceBatch batch = steered("conditional");
  std::vector<std::uint64_t> counts(7);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ++counts.at(*batch.latents[i].condition);
    ASSERT_EQ(batch[i][0], *batch.latents[i].condition);
  }
  EXPECT_TRUE(testing::follows_uniform(counts));
}

TEST(Condition, SteersTheLengthWithItsStrength) {
  for (const char* generator : {"conditional", "composed"}) {
    const SequenceBatch batch = steered(generator);
    std::uint64_t followed = 0;
    std::vector<std::uint64_t> lengths(61);  // 30 … 90 of sequences that do not follow
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (*batch.latents[i].followed->length) {
        ASSERT_EQ(batch[i].size(), 30 + 60 * *batch.latents[i].condition / 6);
        ++followed;
      } else {
        ++lengths.at(batch[i].size() - 30);
      }
    }
    EXPECT_TRUE(testing::happens_with(strength, followed, batch.size())) << generator;
    EXPECT_TRUE(testing::follows_uniform(lengths)) << generator;
  }
}

TEST(Condition, SteersTheThemeOfAComposedSequenceWithItsStrength) {
  const SequenceBatch batch = steered("composed");
  std::uint64_t followed = 0;
  std::vector<std::uint64_t> themes(4);  // of sequences that do not follow
  for (const Latents& latents : batch.latents) {
    if (*latents.followed->style_as_theme) {
      ASSERT_EQ(*latents.theme, *latents.condition % 4);
      ++followed;
    } else {
      ++themes.at(*latents.theme);
    }
  }
  EXPECT_TRUE(testing::happens_with(strength, followed, batch.size()));
  EXPECT_TRUE(testing::follows_uniform(themes));
}

TEST(Condition, SteersTheTypeOfAPatternWithItsStrengthWhateverItsLength) {
  constexpr SpanKind types[] = {SpanKind::repetition, SpanKind::alternation, SpanKind::progression,
                                SpanKind::reversal};
  std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> of_length;
  std::vector<std::uint64_t> others(4);  // types that the condition does not choose
  for (const Latents& latents : steered("conditional").latents) {
    // The first segments: the last ones are the longer for having room.
    for (std::size_t j = 0; j < 2; ++j) {
      const Span& span = latents.spans.at(j);
      if (span.kind == SpanKind::fresh) continue;
      ++of_length[span.full_length].second;
      if (span.steered) {
        ++of_length[span.full_length].first;
        ASSERT_EQ(span.kind, types[*latents.condition % 4]);
      } else {
        ++others.at(static_cast<std::size_t>(span.kind) -
                    static_cast<std::size_t>(SpanKind::repetition));
      }
    }
  }
  EXPECT_EQ(of_length.size(), 11U);
  for (const auto& [length, counts] : of_length) {
    EXPECT_TRUE(testing::happens_with(strength, counts.first, counts.second)) << length;
  }
  EXPECT_TRUE(testing::follows_uniform(others));
}

TEST(Condition, StylesAFreshTokenWithItsStrength) {
  const SequenceBatch batch = steered("conditional");
  std::vector<double> surplus;
  for (const Latents& latents : batch.latents) {
    double fresh = 0;
    double styled = 0;
    for (const Span& span : latents.spans) {
      if (span.kind != SpanKind::fresh) continue;
      fresh += span.length;
      for (const auto& run : latents.followed->style) {
        const std::uint32_t begin = std::max(run.start, span.start);
        const std::uint32_t end = std::min(run.start + run.length, span.start + span.length);
        styled += begin < end ? end - begin : 0;
      }
    }
    surplus.push_back(styled - strength * fresh);
  }
  EXPECT_TRUE(testing::has_mean(surplus, 0));
}

}  // namespace
}  // namespace synthgen
