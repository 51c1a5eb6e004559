#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_structure.hpp"

// Clean ablations, token by token: a probability is raised, and a token is kept where its own
// decisions, those of the positions that it derives from and those of the spans around it are
// unchanged. Latents of both runs say where.

namespace synthgen {
namespace {

using testing::Origin;

/// The same sequence before and after a parameter changed.
struct Pair {
  const Latents& before;
  const Latents& after;
  std::vector<Origin> origins_before;
  std::vector<Origin> origins_after;
  std::span<const std::uint32_t> tokens_before;
  std::span<const std::uint32_t> tokens_after;

  std::size_t common_length() const { return std::min(tokens_before.size(), tokens_after.size()); }
};

/// Whether decisions and spans make the same of a position, its sources aside.
bool same_decisions(const Origin& before, const Origin& after) {
  if (before.kind != after.kind || before.source != after.source || before.id != after.id) {
    return false;
  }
  if (before.in_band != after.in_band) return !before.is_draw();
  // A draw from all ids does not depend on the band that it would have preferred.
  const bool uses_band = before.in_band || !before.is_draw();
  return !uses_band || before.band == after.band;
}

/// For each position that both have, whether all that it derives from is unchanged. What noise put
/// there derives from nothing.
std::vector<bool> unchanged(const Pair& pair) {
  std::vector<bool> same;
  for (std::size_t t = 0; t < pair.common_length(); ++t) {
    const Origin& origin = pair.origins_before[t];
    const bool has_source = origin.kind == Origin::Kind::copy ||
                            origin.kind == Origin::Kind::next || origin.kind == Origin::Kind::other;
    same.push_back(same_decisions(origin, pair.origins_after[t]) &&
                   (!has_source || same[origin.source]));
  }
  for (const std::uint32_t t : pair.before.noise) {
    if (t < same.size()) same[t] = true;
  }
  return same;
}

/// Calls `each(pair)` for the sequences of one config with one key raised.
template <class Each>
void for_pairs(const char* config, const char* key, double low, double high, const Each& each) {
  const Generator before = testing::generator_of(config, {{key, low}});
  const Generator after = testing::generator_of(config, {{key, high}});
  SequenceBatch old_batch;
  SequenceBatch new_batch;
  before.generate(Split::train, 0, 80, old_batch, true);
  after.generate(Split::train, 0, 80, new_batch, true);
  for (std::size_t i = 0; i < old_batch.size(); ++i) {
    const Item item{42, Split::train, i};
    const auto origins = [&](const Generator& generator, const SequenceBatch& batch) {
      return testing::origins_of(generator.config(), item, batch.latents[i], batch[i].size());
    };
    each(Pair{old_batch.latents[i], new_batch.latents[i], origins(before, old_batch),
              origins(after, new_batch), old_batch[i], new_batch[i]});
  }
}

struct Ablation {
  const char* name;
  const char* key;
  const char* config;
  /// At least this share of positions is unchanged when the parameter goes from 0.4 to 0.6.
  double least_unchanged;
};

class CleanAblation : public ::testing::TestWithParam<Ablation> {};

TEST_P(CleanAblation, KeepsEveryTokenWhoseDecisionsSourcesAndSpansAreUnchanged) {
  const std::pair<double, double> steps[] = {{0, 0.1},    {0.4, 0.6}, {0.6, 0.61},
                                             {0.1, 0.95}, {0.9, 1},   {0, 1}};
  for (const auto& step : steps) {
    const double low = step.first;
    const double high = step.second;
    std::size_t kept = 0;
    std::size_t others = 0;
    std::size_t others_equal = 0;
    for_pairs(GetParam().config, GetParam().key, low, high, [&](const Pair& pair) {
      const std::vector<bool> same = unchanged(pair);
      for (std::size_t t = 0; t < same.size(); ++t) {
        const bool equal = pair.tokens_before[t] == pair.tokens_after[t];
        if (same[t]) {
          ASSERT_TRUE(equal) << "position " << t << " changed from " << low << " to " << high
                             << "\nbefore " << testing::latents_json(pair.before) << "\nafter "
                             << testing::latents_json(pair.after);
        }
        kept += same[t] ? 1 : 0;
        others += same[t] ? 0 : 1;
        others_equal += !same[t] && equal ? 1 : 0;
      }
    });
    const auto all = static_cast<double>(kept + others);
    if (low == 0.4) {
      EXPECT_GE(static_cast<double>(kept), GetParam().least_unchanged * all);
    }
    EXPECT_GT(others, 0U) << "nothing changes from " << low << " to " << high;
    // Else what is promised to stay would be too little.
    EXPECT_LT(static_cast<double>(others_equal), 0.2 * static_cast<double>(others))
        << low << " to " << high;
  }
}

/// Whether a successor that became a draw had to: its leaf's band is another, or the token before
/// it left that band.
bool lost_its_reason(const Pair& pair, std::size_t t, const testing::ContentLaw& law) {
  const Band& leaf = pair.origins_after[t].band;
  return pair.origins_before[t].band != leaf || !leaf.contains(law.rank(pair.tokens_after[t - 1]));
}

/// Whether a flag that holds before, where both runs have it, holds after.
bool nests(const std::optional<bool>& before, const std::optional<bool>& after) {
  return !before || !after || !*before || *after;
}

TEST_P(CleanAblation, KeepsWhatHeldAtTheLowerProbability) {
  const testing::ContentLaw law(testing::config_of(GetParam().config));
  std::size_t held = 0;
  for_pairs(GetParam().config, GetParam().key, 0.4, 0.6, [&](const Pair& pair) {
    if (pair.before.followed) {
      ASSERT_TRUE(nests(pair.before.followed->length, pair.after.followed->length));
      ASSERT_TRUE(nests(pair.before.followed->style_as_theme, pair.after.followed->style_as_theme));
    }
    for (std::size_t t = 0; t < pair.common_length(); ++t) {
      const Origin& before = pair.origins_before[t];
      const Origin& after = pair.origins_after[t];
      if (before.is_draw() && after.is_draw()) {
        ASSERT_TRUE(nests(before.in_band, after.in_band)) << "a style at " << t << " was lost";
        held += before.in_band ? 1 : 0;
      }
      if (before.kind == Origin::Kind::next && after.is_draw() && pair.before.noise.empty()) {
        ASSERT_TRUE(lost_its_reason(pair, t, law)) << "a successor at " << t << " was lost";
      }
    }
    // Segments at the same place of the same length are the same segment.
    for (const Span& old : pair.before.spans) {
      for (const Span& now : pair.after.spans) {
        if (old.start != now.start || old.full_length != now.full_length || !old.steered) continue;
        if (now.kind == SpanKind::band || now.kind == SpanKind::successor) continue;
        ASSERT_TRUE(now.steered) << "the steer at " << now.start << " was lost";
        ++held;
      }
    }
  });
  EXPECT_GT(held, 100U);
}

constexpr Ablation ablations[] = {
    {"strength_of_conditions", "condition_strength",
     R"({"generator": "conditional", "vocab_size": 1000, "seq_length": 60,
         "pattern_probability": 0.4})",
     0.7},
    {"strength_of_conditions_over_lengths", "condition_strength",
     R"({"generator": "conditional", "vocab_size": 1000, "seq_length": 60, "length_variation": 0.5,
         "vocab_distribution": "zipf", "zipf_exponent": 0.4, "pattern_length": 5})",
     0.7},
    {"strength_of_conditions_under_noise", "condition_strength",
     R"({"generator": "conditional", "vocab_size": 5000, "seq_length": 60,
         "noise_probability": 0.2})",
     0.75},
    {"strength_in_composed", "condition_strength",
     R"({"generator": "composed", "vocab_size": 1000, "seq_length": 60,
         "pattern_probability": 0.4})",
     0.8},
    {"structure_of_the_hierarchy", "structure_probability",
     R"({"generator": "hierarchical", "vocab_size": 4000, "seq_length": 64})", 0.5},
    {"structure_of_a_deep_hierarchy", "structure_probability",
     R"({"generator": "hierarchical", "vocab_size": 4000, "seq_length": 256, "hierarchy_levels": 5,
         "length_variation": 0.5, "global_coherence": 0.5})",
     0.4},
    {"structure_of_composed", "structure_probability",
     R"({"generator": "composed", "vocab_size": 4000, "seq_length": 64, "length_variation": 0.5})",
     0.65},
};

INSTANTIATE_TEST_SUITE_P(, CleanAblation, ::testing::ValuesIn(ablations),
                         [](const auto& ablation) { return std::string(ablation.param.name); });

}  // namespace
}  // namespace synthgen
