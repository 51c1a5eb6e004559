#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

SequenceBatch described(const Generator& generator, std::uint64_t count, std::uint64_t first = 0) {
  SequenceBatch batch;
  generator.generate(Split::train, first, count, batch, true);
  return batch;
}

/// A sequence that is one whole pattern of `length` tokens or a little more, cut to that length.
SequenceBatch one_pattern(const char* type, int length, int count = 200) {
  return described(
      generator_of(
          R"({"generator": "pattern", "vocab_size": 100,
                                    "pattern_probability": 1})",
          {{"pattern_types", {type}}, {"pattern_length", 2 * length}, {"seq_length", length}}),
      static_cast<std::uint64_t>(count));
}

TEST(Pattern, SpansTileTheSequenceAndOnlyTheLastIsCut) {
  const SequenceBatch batch = described(
      generator_of(R"({"generator": "pattern", "seq_length": 100, "length_variation": 1})"), 300);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    std::uint32_t end = 0;
    for (const Span& span : batch.latents[i].spans) {
      ASSERT_EQ(span.start, end);
      ASSERT_GE(span.length, 1U);
      ASSERT_GE(span.full_length, 5U);
      ASSERT_LE(span.full_length, 15U);
      end += span.length;
      if (end < batch[i].size()) {
        ASSERT_EQ(span.length, span.full_length);
      }
      ASSERT_LE(span.length, span.full_length);
      ASSERT_EQ(span.period != 0, span.kind == SpanKind::repetition);
    }
    ASSERT_EQ(end, batch[i].size());
  }
}

TEST(Pattern, RepetitionComesBackAfterItsPeriod) {
  const SequenceBatch batch = one_pattern("repetition", 24);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const std::uint32_t period = batch.latents[i].spans[0].period;
    for (std::size_t t = period; t < 24; ++t) ASSERT_EQ(batch[i][t], batch[i][t - period]);
  }
}

TEST(Pattern, AlternationIsTwoDifferentTokensInTurn) {
  const SequenceBatch batch = one_pattern("alternation", 9);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ASSERT_NE(batch[i][0], batch[i][1]);
    for (std::size_t t = 2; t < 9; ++t) ASSERT_EQ(batch[i][t], batch[i][t - 2]);
  }
}

TEST(Pattern, AlternationFindsItsOtherTokenHoweverRareItIs) {
  // Two ids, one of them 256 times as likely: hundreds of attempts are the rule.
  const SequenceBatch batch =
      described(generator_of(R"({"generator": "pattern", "vocab_size": 2, "seq_length": 6,
                       "pattern_length": 12, "pattern_types": ["alternation"],
                       "pattern_probability": 1, "vocab_distribution": "zipf",
                       "zipf_exponent": 8})"),
                300);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (std::size_t t = 1; t < 6; ++t) ASSERT_NE(batch[i][t], batch[i][t - 1]);
  }
}

TEST(Pattern, ProgressionCountsUpAndWraps) {
  const SequenceBatch batch = one_pattern("progression", 40);
  bool wrapped = false;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (std::size_t t = 1; t < 40; ++t) {
      ASSERT_EQ(batch[i][t], (batch[i][t - 1] + 1) % 100);
      wrapped = wrapped || batch[i][t] == 0;
    }
  }
  EXPECT_TRUE(wrapped);
}

TEST(Pattern, ReversalMirrorsItsMotif) {
  const SequenceBatch batch =
      described(generator_of(R"({"generator": "pattern", "seq_length": 200, "vocab_size": 100000,
                                 "pattern_types": ["reversal"], "pattern_probability": 1})"),
                50);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const Span& span : batch.latents[i].spans) {
      for (std::uint32_t t = 0; t < span.length; ++t) {
        const std::uint32_t mirrored = span.full_length - 1 - t;
        if (mirrored >= span.length) continue;  // cut away
        ASSERT_EQ(batch[i][span.start + t], batch[i][span.start + mirrored]);
      }
    }
  }
}

TEST(Pattern, WithProbabilityZeroItIsTheRandomFamily) {
  const SequenceBatch none =
      described(generator_of(R"({"generator": "pattern", "pattern_probability": 0})"), 5);
  const SequenceBatch random = described(generator_of(R"({"generator": "random"})"), 5);
  EXPECT_EQ(none.tokens, random.tokens);
}

TEST(Pattern, OnlyTheTypesAskedForOccur) {
  const SequenceBatch batch =
      described(generator_of(R"({"generator": "pattern", "pattern_probability": 1,
                                 "pattern_types": ["progression", "repetition"]})"),
                20);
  std::set<SpanKind> kinds;
  for (const Latents& latents : batch.latents) {
    for (const Span& span : latents.spans) kinds.insert(span.kind);
  }
  EXPECT_EQ(kinds, (std::set<SpanKind>{SpanKind::repetition, SpanKind::progression}));
}

TEST(Pattern, ShortNamesGiveTheSameSequences) {
  const SequenceBatch full = described(
      generator_of(R"({"generator": "pattern", "pattern_types": ["reversal", "alternation"]})"), 5);
  const SequenceBatch brief =
      described(generator_of(R"({"generator": "pattern", "pattern_types": ["rev", "alt"]})"), 5);
  EXPECT_EQ(full.tokens, brief.tokens);
  EXPECT_EQ(full.latents, brief.latents);
}

TEST(Pattern, ALongerSequenceOnlyGoesOn) {
  const Generator small = generator_of(R"({"generator": "pattern", "seq_length": 103})");
  const Generator large = generator_of(R"({"generator": "pattern", "seq_length": 400})");
  for (std::uint64_t index = 0; index < 20; ++index) {
    const SequenceBatch head = described(small, 1, index);
    const SequenceBatch whole = described(large, 1, index);
    ASSERT_TRUE(std::equal(head.tokens.begin(), head.tokens.end(), whole.tokens.begin()));
  }
}

/// Raising pattern_probability turns fresh segments into patterns and touches nothing else: a
/// position keeps its token unless its own segment changed.
TEST(Pattern, RaisingTheProbabilityIsACleanAblation) {
  for (const double noise : {0.0, 0.2}) {
    SequenceBatch before;
    for (const double probability : {0.0, 0.1, 0.3, 0.31, 0.8, 1.0}) {
      const SequenceBatch now = described(
          generator_of(R"({"generator": "pattern", "length_variation": 0.5,
                                     "seq_length": 200, "vocab_size": 40})",
                       {{"pattern_probability", probability}, {"noise_probability", noise}}),
          40);
      if (before.empty()) before = now;
      ASSERT_EQ(now.offsets, before.offsets);
      for (std::size_t i = 0; i < now.size(); ++i) {
        ASSERT_EQ(now.latents[i].noise, before.latents[i].noise);
        ASSERT_EQ(now.latents[i].spans.size(), before.latents[i].spans.size());
        for (std::size_t j = 0; j < now.latents[i].spans.size(); ++j) {
          const Span& span = now.latents[i].spans[j];
          const Span& old = before.latents[i].spans[j];
          ASSERT_EQ(span.start, old.start) << "a border moved";
          ASSERT_EQ(span.full_length, old.full_length);
          if (old.kind != SpanKind::fresh) {
            ASSERT_EQ(span, old) << "a pattern changed";
          }
          if (span == old) {
            for (std::uint32_t t = span.start; t < span.start + span.length; ++t) {
              ASSERT_EQ(now[i][t], before[i][t]);
            }
          }
        }
      }
      before = now;
    }
  }
}

}  // namespace
}  // namespace synthgen
