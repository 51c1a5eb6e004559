#include "synthgen/generate/latents/latent_shares.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <numeric>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::config_of;

std::vector<double> series(const LatentShares& shares, std::string_view name) {
  for (const auto& [key, values] : shares.per_sequence) {
    if (key == name) return values;
  }
  ADD_FAILURE() << name << " is not measured";
  return {};
}

std::vector<std::string_view> kinds_of(const SequenceBatch& batch, const Config& config) {
  std::vector<std::string_view> names;
  for (const TokenKind kind : token_kinds(batch, config)) {
    names.push_back(token_kind_names[static_cast<std::size_t>(kind)]);
  }
  return names;
}

TEST(LatentShares, AreCountedFromSpansAndNoise) {
  SequenceBatch batch = batch_of({{1, 2, 1, 2, 9, 0, 0, 0}});
  batch.set_padding(3);
  Latents latents;
  latents.spans = {{.start = 0, .length = 4, .kind = SpanKind::alternation, .full_length = 4},
                   {.start = 4, .length = 1, .kind = SpanKind::fresh, .full_length = 1}};
  latents.noise = {3};
  latents.oracle_bits = 10;
  batch.set_latents(latents);
  const Config config = config_of("{}");
  const LatentShares shares = latent_shares(batch, config);
  EXPECT_EQ(series(shares, "noise_rate"), (std::vector<double>{0.2}));
  EXPECT_EQ(series(shares, "pattern_share"), (std::vector<double>{0.8}));
  EXPECT_EQ(series(shares, "successor_rate"), (std::vector<double>{0}));
  EXPECT_EQ(series(shares, "oracle_bits_per_token"), (std::vector<double>{2}));
  EXPECT_TRUE(series(shares, "theme_share").empty());
  EXPECT_EQ(kinds_of(batch, config),
            (std::vector<std::string_view>{"alternation", "alternation", "alternation", "noise",
                                           "fresh", "padding", "padding", "padding"}));
  EXPECT_EQ(to_text(to_json(shares)["kinds"]),
            R"([{"kind":"fresh","share":0.125},{"kind":"alternation","share":0.375},)"
            R"({"kind":"noise","share":0.125},{"kind":"padding","share":0.375}])");
}

TEST(LatentShares, AgreeWithWhatTheFamiliesExpect) {
  for (const char* text : {
           R"({"generator": "pattern", "noise_probability": 0.1, "vocab_size": 500})",
           R"({"generator": "hierarchical", "noise_probability": 0.1, "vocab_size": 1024})",
           R"({"generator": "conditional", "pattern_probability": 0.6, "vocab_size": 500})",
       }) {
    const Generator generator = testing::generator_of(text);
    SequenceBatch batch;
    ASSERT_TRUE(generator.generate(Split::test, 0, 400, batch, true));
    const LatentShares shares = latent_shares(batch, generator.config(Split::test));
    std::size_t compared = 0;
    for (const Expectation& expectation : generator.truth(Split::test)) {
      for (const auto& [name, values] : shares.per_sequence) {
        if (name != expectation.name) continue;
        ++compared;
        const double mean =
            std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        EXPECT_NEAR(mean, expectation.value, 0.02) << text << ": " << name;
      }
    }
    EXPECT_GE(compared, 2U) << text;
  }
}

TEST(TokenKinds, AreThoseOfTheFamilies) {
  const auto first_kinds = [](const char* text) {
    const Generator generator = testing::generator_of(text);
    SequenceBatch batch;
    EXPECT_TRUE(generator.generate(Split::train, 0, 1, batch, true));
    return kinds_of(batch, generator.config(Split::train));
  };
  EXPECT_EQ(first_kinds(R"({"templates": [[1, "RANDOM", 2]], "seq_length": 4})"),
            (std::vector<std::string_view>{"fixed", "fresh", "fixed", "padding"}));
  EXPECT_EQ(first_kinds(R"({"generator": "conditional", "seq_length": 2,
                            "pattern_probability": 0})"),
            (std::vector<std::string_view>{"condition", "fresh"}));
  EXPECT_EQ(first_kinds(R"({"generator": "hierarchical", "hierarchy_levels": 1, "seq_length": 2})"),
            (std::vector<std::string_view>{"band", "band"}));
}

}  // namespace
}  // namespace synthgen
