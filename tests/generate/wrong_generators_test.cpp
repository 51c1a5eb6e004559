#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/truth_measurements.hpp"

// Tests of the tests: sequences damaged as a wrong generator would make them, one kind for each
// promise. What accepts the sound sequences has to refuse the damaged ones.

namespace synthgen {
namespace {

using testing::generator_of;
using testing::shows;

SequenceBatch sound(const Generator& generator, std::uint64_t count = 2000) {
  SequenceBatch batch;
  generator.generate(Split::train, 0, count, batch, true);
  return batch;
}

/// The batch with each sequence's tokens and latents rewritten by `damage(i, tokens, latents)`,
/// which may change the number of tokens.
template <class Damage>
SequenceBatch damaged(const SequenceBatch& batch, const Damage& damage) {
  SequenceBatch wrong;
  wrong.latents = batch.latents;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    testing::Tokens tokens(batch[i].begin(), batch[i].end());
    damage(i, tokens, wrong.latents[i]);
    wrong.append(tokens);
    wrong.set_padding(batch.padding_of(i));
  }
  return wrong;
}

/// How often each value below `size` occurs.
template <class Values>
std::vector<std::uint64_t> counted(const Values& values, std::size_t size) {
  std::vector<std::uint64_t> counts(size);
  for (const auto value : values) ++counts.at(value);
  return counts;
}

/// The tokens that noise put in.
testing::Tokens noise_tokens(const SequenceBatch& batch) {
  testing::Tokens tokens;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const std::uint32_t t : batch.latents[i].noise) tokens.push_back(batch[i][t]);
  }
  return tokens;
}

/// The law of content over ids, 0 for reserved ones.
std::vector<double> id_law(const Config& config) {
  const testing::ContentLaw law(config);
  std::vector<double> probabilities;
  for (std::uint32_t id = 0; id < config.vocab_size; ++id) {
    probabilities.push_back(law.is_content(id) ? law.probability(law.rank(id)) : 0);
  }
  return probabilities;
}

TEST(AWrongRandomFamily, WithoutTheLongestLengthIsRefuted) {
  const Generator generator = generator_of(R"({"seq_length": 10, "length_variation": 0.5})");
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto& tokens, Latents&) {
    if (tokens.size() == 15) tokens.resize(5 + i % 10);
  });
  EXPECT_TRUE(shows(batch, generator, "avg_length"));
  EXPECT_FALSE(shows(wrong, generator, "avg_length"));
}

TEST(AWrongRandomFamily, ThatTakesItsRanksForTheNextOnesIsRefuted) {
  const Generator generator =
      generator_of(R"({"vocab_size": 60, "seq_length": 40, "vocab_distribution": "zipf",
                       "zipf_exponent": 0.5, "noise_probability": 0.5})");
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t, auto& tokens, Latents&) {
    for (std::uint32_t& token : tokens) token = (token + 1) % 60;
  });
  const std::vector<double> law = id_law(generator.config());
  EXPECT_TRUE(testing::follows(counted(batch.tokens, 60), law));
  EXPECT_FALSE(testing::follows(counted(wrong.tokens, 60), law));
  EXPECT_TRUE(shows(batch, generator, "content_entropy_bits"));
  EXPECT_FALSE(shows(wrong, generator, "content_entropy_bits"));
}

TEST(AWrongPatternFamily, ThatMakesNoPatternWhereItWouldBeCutIsRefuted) {
  const Generator generator = generator_of(R"({"generator": "pattern", "seq_length": 40})");
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t, auto&, Latents& latents) {
    Span& last = latents.spans.back();
    if (last.length < last.full_length) last.kind = SpanKind::fresh;
  });
  EXPECT_TRUE(shows(batch, generator, "pattern_share"));
  EXPECT_FALSE(shows(wrong, generator, "pattern_share"));
}

TEST(AWrongPatternFamily, ThatKeepsAnAlternationOfOneTokenIsRefuted) {
  const Generator generator = generator_of(R"({"generator": "pattern", "vocab_size": 10})");
  const SequenceBatch batch = sound(generator, 500);
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto& tokens, Latents& latents) {
    for (const Span& span : latents.spans) {
      if (span.kind != SpanKind::alternation || (i + span.start) % 10 != 0) continue;
      for (std::uint32_t j = 0; j < span.length; ++j) tokens[span.start + j] = tokens[span.start];
    }
  });
  EXPECT_TRUE(shows(batch, generator, "local_coherence"));
  EXPECT_FALSE(shows(wrong, generator, "local_coherence"));
}

constexpr const char* hierarchy = R"({"generator": "hierarchical", "vocab_size": 64,
    "seq_length": 64})";

TEST(AWrongHierarchicalFamily, WhoseSuccessorsLeaveTheirBandIsRefuted) {
  const Generator generator = generator_of(hierarchy);
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t, auto& tokens, Latents& latents) {
    for (const Span& span : latents.spans) {
      if (span.kind != SpanKind::successor) continue;
      for (std::uint32_t t = span.start; t < span.start + span.length; ++t) {
        if (tokens[t] < tokens[t - 1]) tokens[t] = (tokens[t - 1] + 1) % 64;
      }
    }
  });
  EXPECT_TRUE(shows(batch, generator, "theme_share"));
  EXPECT_FALSE(shows(wrong, generator, "theme_share"));
}

TEST(AWrongHierarchicalFamily, WithSuccessorsAcrossTheBordersOfSpansIsRefuted) {
  const Generator generator = generator_of(hierarchy);
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto&, Latents& latents) {
    std::vector<Span> spans = latents.spans;
    for (const Span& span : spans) {
      if (span.kind != SpanKind::band || span.start == 0 || (i + span.start / 4) % 2 == 0) continue;
      latents.spans.push_back({.start = span.start, .length = 1, .kind = SpanKind::successor});
    }
  });
  EXPECT_TRUE(shows(batch, generator, "successor_rate"));
  EXPECT_FALSE(shows(wrong, generator, "successor_rate"));
}

TEST(AWrongHierarchicalFamily, WithOneThemeForAllIsRefuted) {
  const auto themes = [](const SequenceBatch& batch) {
    testing::Tokens seen;
    for (const Latents& latents : batch.latents) seen.push_back(*latents.theme);
    return counted(seen, 4);
  };
  const SequenceBatch batch = sound(generator_of(hierarchy));
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto&, Latents& latents) {
    if (i % 10 == 0) latents.theme = 0;
  });
  EXPECT_TRUE(testing::follows_uniform(themes(batch)));
  EXPECT_FALSE(testing::follows_uniform(themes(wrong)));
}

constexpr const char* conditions = R"({"generator": "conditional", "vocab_size": 40,
    "seq_length": 30, "num_conditions": 5, "noise_probability": 0.2})";

TEST(AWrongConditionalFamily, WhoseNoiseDrawsConditionTokensIsRefuted) {
  const Generator generator = generator_of(conditions);
  const SequenceBatch batch = sound(generator);
  // The whole vocabulary instead of what is left without the five condition tokens.
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto& tokens, Latents& latents) {
    for (const std::uint32_t t : latents.noise) {
      if ((i + t) % 8 == 0) tokens[t] = t % 5;
    }
  });
  const std::vector<double> law = id_law(generator.config());
  EXPECT_TRUE(testing::follows(counted(noise_tokens(batch), 40), law));
  EXPECT_FALSE(testing::follows(counted(noise_tokens(wrong), 40), law));
}

TEST(AWrongConditionalFamily, WhoseNoiseTouchesTheConditionIsRefuted) {
  const Generator generator = generator_of(conditions, {{"seq_length", 6}});
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto&, Latents& latents) {
    if (i % 5 == 0) latents.noise.insert(latents.noise.begin(), 0);
  });
  EXPECT_TRUE(shows(batch, generator, "noise_rate"));
  EXPECT_FALSE(shows(wrong, generator, "noise_rate"));
}

TEST(AWrongConditionalFamily, WhoseStyleIsTheNextConditionsBandIsRefuted) {
  const Generator generator = generator_of(conditions);
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t, auto& tokens, Latents& latents) {
    for (const auto& run : latents.followed->style) {
      for (std::uint32_t t = run.start; t < run.start + run.length; ++t) {
        tokens[t] = 5 + (tokens[t] - 5 + 7) % 35;
      }
    }
  });
  EXPECT_TRUE(shows(batch, generator, "condition_information_bits"));
  EXPECT_FALSE(shows(wrong, generator, "condition_information_bits"));
}

TEST(AWrongConditionalFamily, ThatPrefersAConditionIsRefuted) {
  const auto first_tokens = [](const SequenceBatch& batch) {
    testing::Tokens first;
    for (std::size_t i = 0; i < batch.size(); ++i) first.push_back(batch[i][0]);
    return counted(first, 5);
  };
  const SequenceBatch batch = sound(generator_of(conditions));
  // A quarter of the last condition's sequences goes to the first one.
  const SequenceBatch wrong = damaged(batch, [](std::size_t i, auto& tokens, Latents&) {
    if (tokens[0] == 4 && i % 4 == 0) tokens[0] = 0;
  });
  EXPECT_TRUE(testing::follows_uniform(first_tokens(batch)));
  EXPECT_FALSE(testing::follows_uniform(first_tokens(wrong)));
}

TEST(AWrongTemplateFamily, ThatMeasuresItsPaddingIsRefuted) {
  const Generator generator =
      generator_of(R"({"vocab_size": 50, "seq_length": 20, "length_variation": 0.5,
                       "noise_probability": 0.1, "templates": [[1, "RANDOM", "PATTERN", "PATTERN",
                       "RANDOM", "RANDOM", "RANDOM", "RANDOM", "RANDOM", "RANDOM", "RANDOM", 2]]})");
  const SequenceBatch batch = sound(generator);
  SequenceBatch wrong = batch;
  wrong.padding.clear();
  for (const char* name : {"avg_length", "noise_rate"}) {
    EXPECT_TRUE(shows(batch, generator, name));
    EXPECT_FALSE(shows(wrong, generator, name));
  }
}

TEST(AWrongComposedFamily, ThatMakesNoPatternWhereItsLeafWouldCutItIsRefuted) {
  const Generator generator = generator_of(R"({"generator": "composed", "seq_length": 60})");
  const SequenceBatch batch = sound(generator);
  const SequenceBatch wrong = damaged(batch, [](std::size_t, auto&, Latents& latents) {
    for (Span& span : latents.spans) {
      if (testing::is_pattern(span) && span.length < span.full_length) span.kind = SpanKind::fresh;
    }
  });
  EXPECT_TRUE(shows(batch, generator, "pattern_share"));
  EXPECT_FALSE(shows(wrong, generator, "pattern_share"));
}

TEST(AWrongMixture, ThatForgetsItsWeightsIsRefuted) {
  const char* weighted = R"({"components": [{"weight": 3, "config": {"seq_length": 20}},
                                            {"weight": 2, "config": {"seq_length": 30}}]})";
  const char* forgotten = R"({"components": [{"config": {"seq_length": 20}},
                                             {"config": {"seq_length": 30}}]})";
  const Generator generator = generator_of(weighted);
  EXPECT_TRUE(shows(sound(generator), generator, "avg_length"));
  EXPECT_FALSE(shows(sound(generator_of(forgotten)), generator, "avg_length"));
}

}  // namespace
}  // namespace synthgen
