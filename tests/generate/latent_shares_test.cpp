#include "synthgen/generate/latents/latent_shares.hpp"

#include "synthgen/generate/generator.hpp"

#include <algorithm>
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
  const LatentShares shares = latent_shares(batch, token_structure(batch, config), config);
  EXPECT_EQ(series(shares, "noise_rate"), (std::vector<double>{0.2}));
  EXPECT_EQ(series(shares, "pattern_share"), (std::vector<double>{0.8}));
  EXPECT_EQ(series(shares, "successor_rate"), (std::vector<double>{0}));
  EXPECT_EQ(series(shares, "oracle_bits_per_token"), (std::vector<double>{2}));
  EXPECT_TRUE(series(shares, "theme_share").empty());
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
    const Config& config = generator.config(Split::test);
    const LatentShares shares = latent_shares(batch, token_structure(batch, config), config);
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

TEST(LatentShares, OfKindsComeWithWhatIsExpected) {
  for (const char* text : {
           R"({"generator": "random", "noise_probability": 0.2, "vocab_size": 50})",
           R"({"generator": "pattern", "noise_probability": 0.2, "vocab_size": 50,
               "pattern_types": ["reversal", "repetition"]})",
           R"({"generator": "hierarchical", "noise_probability": 0.25, "vocab_size": 1024})",
       }) {
    const Generator generator = testing::generator_of(text);
    const std::vector<KindShare> expected =
        generator.kind_shares(Split::val, generator.truth(Split::val));
    EXPECT_GE(expected.size(), 2U) << text;
    SequenceBatch batch;
    ASSERT_TRUE(generator.generate(Split::val, 0, 400, batch, true));
    const Config& config = generator.config(Split::val);
    const LatentShares shares = latent_shares(batch, token_structure(batch, config), config);
    for (const KindShare& wanted : expected) {
      const auto found =
          std::find_if(shares.kinds.begin(), shares.kinds.end(),
                       [&](const KindShare& each) { return each.kind == wanted.kind; });
      ASSERT_NE(found, shares.kinds.end()) << text << ": " << wanted.kind;
      EXPECT_NEAR(found->share, wanted.share, 0.01) << text << ": " << wanted.kind;
    }
    std::size_t shown = 0;
    const Json json = to_json(shares, expected);
    for (const Json& entry : json["kinds"]) {
      shown += entry.contains("expected") ? 1 : 0;
    }
    EXPECT_EQ(shown, expected.size()) << text;
  }
}

}  // namespace
}  // namespace synthgen
