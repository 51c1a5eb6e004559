#include "synthgen/generate/latents/token_structure.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::config_of;
using Names = std::vector<std::string_view>;

std::vector<std::string_view> kinds_of(const SequenceBatch& batch, const Config& config) {
  std::vector<std::string_view> names;
  for (const TokenKind kind : token_structure(batch, config).kinds) {
    names.push_back(token_kind_names[static_cast<std::size_t>(kind)]);
  }
  return names;
}

/// The kinds of a single sequence of eight tokens, the last `padding` of which fill the row.
Names kinds_with(Latents latents, std::size_t padding = 0) {
  SequenceBatch batch = batch_of({{0, 1, 2, 3, 4, 5, 6, 7}});
  batch.set_padding(padding);
  batch.set_latents(std::move(latents));
  return kinds_of(batch, config_of("{}"));
}

TEST(TokenStructure, InnerSpansCoverOuterOnesAndNoiseCoversAll) {
  Latents latents;
  latents.spans = {{.start = 0, .length = 6, .kind = SpanKind::band, .band = {0, 10}},
                   {.start = 0, .length = 2, .kind = SpanKind::fresh},
                   {.start = 2, .length = 3, .kind = SpanKind::successor}};
  latents.noise = {3};
  EXPECT_EQ(kinds_with(latents, 1),
            (Names{"band", "band", "successor", "noise", "successor", "band", "fresh", "padding"}));
}

TEST(TokenStructure, ShowsPatternsNextToFreshTokens) {
  Latents latents;
  latents.spans = {{.start = 0, .length = 4, .kind = SpanKind::alternation, .full_length = 4},
                   {.start = 4, .length = 1, .kind = SpanKind::fresh, .full_length = 1}};
  latents.noise = {3};
  EXPECT_EQ(kinds_with(latents, 3), (Names{"alternation", "alternation", "alternation", "noise",
                                           "fresh", "padding", "padding", "padding"}));
}

TEST(TokenStructure, CallsSlotsByTheirPatternAndTokensOfATemplateFixed) {
  Latents latents;
  latents.spans = {
      {.start = 1, .length = 2, .kind = SpanKind::slot, .pattern = SpanKind::reversal}};
  latents.template_index = 0;
  EXPECT_EQ(kinds_with(latents),
            (Names{"fixed", "reversal", "reversal", "fixed", "fixed", "fixed", "fixed", "fixed"}));
}

TEST(TokenStructure, NumbersTheInnermostSpansAndPlacesBandsAmongTheIds) {
  SequenceBatch batch = batch_of({{0, 1}, {2, 3, 4, 5}});
  batch.set_latents(std::nullopt);
  batch.latents.resize(2);
  batch.latents[1].spans = {{.start = 0, .length = 3, .kind = SpanKind::band, .band = {40, 20}},
                            {.start = 1, .length = 1, .kind = SpanKind::successor}};
  const TokenStructure structure = token_structure(batch, config_of(R"({"vocab_size": 100})"));
  EXPECT_EQ(structure.spans, (std::vector<std::uint32_t>{0, 0, 1, 2, 1, 0}));
  EXPECT_EQ(structure.band_places, (std::vector<std::uint8_t>{0, 0, 128, 128, 128, 0}));
}

TEST(TokenStructure, PlacesHiddenStatesAmongAllStates) {
  SequenceBatch batch = batch_of({{0, 1, 0}});
  Latents latents;
  latents.states = {2, 0, 1};
  latents.beliefs = {0.2, 0.3, 0.5, 0.2, 0.3, 0.5, 0.2, 0.3, 0.5};
  latents.noise = {1};
  batch.set_latents(std::move(latents));
  const Config config = config_of(R"({"generator": "hmm", "vocab_size": 3})");
  EXPECT_EQ(kinds_of(batch, config), (Names{"state", "noise", "state"}));
  EXPECT_EQ(token_structure(batch, config).band_places, (std::vector<std::uint8_t>{213, 42, 128}));
}

TEST(TokenStructure, PlacesTokensOfAChainByTheTokenBefore) {
  SequenceBatch batch = batch_of({{1, 0, 1, 1}});
  Latents latents;
  latents.contexts = {0, 1};
  latents.chain = {0.5, 0.5, 0.5, 0.5};
  batch.set_latents(std::move(latents));
  Config config = config_of(R"({"generator": "markov", "markov_symbols": 2})");
  EXPECT_EQ(kinds_of(batch, config), (Names{"fresh", "transition", "transition", "transition"}));
  EXPECT_EQ(token_structure(batch, config).band_places,
            (std::vector<std::uint8_t>{0, 192, 64, 192}));
  config.markov_order = 2;
  EXPECT_EQ(kinds_of(batch, config), (Names{"fresh", "fresh", "transition", "transition"}));
  config.markov_order = 0;
  EXPECT_EQ(kinds_of(batch, config), (Names{"fresh", "fresh", "fresh", "fresh"}));
}

TEST(TokenStructure, HasTheKindsOfTheFamilies) {
  const auto first_kinds = [](const char* text) {
    const Generator generator = testing::generator_of(text);
    SequenceBatch batch;
    EXPECT_TRUE(generator.generate(Split::train, 0, 1, batch, true));
    return kinds_of(batch, generator.config(Split::train));
  };
  EXPECT_EQ(first_kinds(R"({"templates": [[1, "RANDOM", 2]], "seq_length": 4})"),
            (Names{"fixed", "fresh", "fixed", "padding"}));
  EXPECT_EQ(first_kinds(R"({"generator": "conditional", "seq_length": 2,
                            "pattern_probability": 0})"),
            (Names{"condition", "fresh"}));
  EXPECT_EQ(first_kinds(R"({"generator": "hierarchical", "hierarchy_levels": 1, "seq_length": 2})"),
            (Names{"band", "band"}));
  EXPECT_EQ(first_kinds(R"({"generator": "hmm", "vocab_size": 3, "seq_length": 2})"),
            (Names{"state", "state"}));
  EXPECT_EQ(first_kinds(R"({"generator": "markov", "vocab_size": 3, "seq_length": 2})"),
            (Names{"fresh", "transition"}));
}

}  // namespace
}  // namespace synthgen
