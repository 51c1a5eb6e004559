#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/reference_structure.hpp"

// The borders of all parameters at once, in every family: generation ends, and what it makes is
// what the design says.

namespace synthgen {
namespace {

/// A family at its smallest or at a border of its own.
struct Border {
  const char* name;
  const char* config;
};

constexpr Border borders[] = {
    {"random", R"({"generator": "random", "vocab_size": 2})"},
    {"pattern", R"({"generator": "pattern", "vocab_size": 2, "pattern_probability": 1})"},
    {"pattern_alternation", R"({"generator": "pattern", "vocab_size": 2, "pattern_types": ["alt"],
        "pattern_probability": 1})"},
    {"hierarchical", R"({"generator": "hierarchical", "vocab_size": 2})"},
    {"hierarchical_always", R"({"generator": "hierarchical", "vocab_size": 16,
        "structure_probability": 1, "global_coherence": 1})"},
    {"hierarchical_never_coherent", R"({"generator": "hierarchical", "vocab_size": 3,
        "structure_probability": 1, "global_coherence": 0})"},
    {"conditional", R"({"generator": "conditional", "vocab_size": 2, "num_conditions": 1,
        "pattern_types": ["rep", "prog", "rev"], "pattern_probability": 1})"},
    {"conditional_most_conditions", R"({"generator": "conditional", "vocab_size": 40,
        "num_conditions": 20, "condition_strength": 1, "pattern_probability": 0.5})"},
    {"conditional_alternation_in_bands_of_one", R"({"generator": "conditional", "vocab_size": 4,
        "num_conditions": 2, "condition_strength": 1, "pattern_types": ["alt"],
        "pattern_probability": 1})"},
    {"template", R"({"generator": "template", "vocab_size": 2, "templates": [["PATTERN", 1],
        [{"repeat": 200, "of": ["PATTERN"]}]]})"},
    {"template_cycle", R"({"generator": "template", "vocab_size": 2, "template_fill": "cycle",
        "templates": [["PATTERN"]]})"},
    {"composed", R"({"generator": "composed", "vocab_size": 2, "num_conditions": 1,
        "pattern_types": ["rep", "prog", "rev"]})"},
    {"composed_most_conditions", R"({"generator": "composed", "vocab_size": 13, "num_conditions": 6,
        "condition_strength": 1, "structure_probability": 1, "global_coherence": 1})"},
    {"mixture", R"({"generator": "mixture", "vocab_size": 2, "components": [
        {"config": {"generator": "random"}}, {"config": {"hierarchy_levels": 16}},
        {"config": {"pattern_length": 1048576}}]})"},
};

/// What every family is crossed with.
std::vector<Json> corners() {
  std::vector<Json> all;
  for (const int length : {1, 2, 70}) {
    for (const int variation : {0, 1}) {
      for (const int levels : {1, 16}) {
        for (const int pattern_length : {4, 1048576}) {
          for (const char* distribution : {"uniform", "zipf"}) {
            all.push_back({{"seq_length", length},
                           {"length_variation", variation},
                           {"hierarchy_levels", levels},
                           {"pattern_length", pattern_length},
                           {"vocab_distribution", distribution},
                           {"zipf_exponent", 8}});
          }
        }
      }
    }
  }
  return all;
}

class Limits : public ::testing::TestWithParam<Border> {
 protected:
  /// Calls `each(generator, batch)` for every corner.
  template <class Each>
  static void for_corners(double noise, const Each& each) {
    for (Json corner : corners()) {
      corner["noise_probability"] = noise;
      const Generator generator = testing::generator_of(GetParam().config, corner);
      SequenceBatch batch;
      generator.generate(Split::train, 0, 16, batch, true);
      each(generator, batch);
      if (::testing::Test::HasFailure()) {
        ADD_FAILURE() << to_text(corner);
        return;
      }
    }
  }
};

TEST_P(Limits, LengthsAndIdsAreInRange) {
  for_corners(0.5, [](const Generator& generator, const SequenceBatch& batch) {
    const Config& config = generator.config();
    const auto most = static_cast<std::size_t>(
        config.length_variation == 0 ? config.seq_length : 2 * config.seq_length);
    const std::size_t least = config.length_variation == 0 ? most : 1;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      EXPECT_GE(batch[i].size(), least);
      EXPECT_LE(batch[i].size(), most);
    }
    for (const std::uint32_t token : batch.tokens) EXPECT_LT(token, config.vocab_size);
  });
}

TEST_P(Limits, OnlyTheFirstTokenIsACondition) {
  for_corners(1, [](const Generator& generator, const SequenceBatch& batch) {
    const testing::ContentLaw law(generator.config());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (std::size_t t = 0; t < batch[i].size(); ++t) {
        const bool is_condition = t == 0 && batch.latents[i].condition;
        EXPECT_EQ(law.is_content(batch[i][t]), !is_condition) << t;
      }
    }
  });
}

TEST_P(Limits, SpansLieInsideTheSequence) {
  for_corners(0, [](const Generator&, const SequenceBatch& batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto length = static_cast<std::uint32_t>(batch.content(i).size());
      for (const Span& span : batch.latents[i].spans) {
        EXPECT_GE(span.length, 1U);
        EXPECT_LE(span.start + span.length, length);
      }
    }
  });
}

TEST_P(Limits, LatentsStillGiveTheTokens) {
  for (const double noise : {0.0, 0.5, 1.0}) {
    for_corners(noise, [](const Generator& generator, const SequenceBatch& batch) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        EXPECT_EQ(std::vector(batch[i].begin(), batch[i].end()),
                  testing::reconstructed(generator.config(), {42, Split::train, i},
                                         batch.latents[i], batch[i].size()));
      }
    });
  }
}

INSTANTIATE_TEST_SUITE_P(, Limits, ::testing::ValuesIn(borders),
                         [](const auto& border) { return std::string(border.param.name); });

}  // namespace
}  // namespace synthgen
