#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

namespace synthgen {
namespace {

using testing::config_of;
using testing::generator_of;

double expected(const Generator& generator, Split split, std::string_view name) {
  for (const Expectation& expectation : generator.truth(split)) {
    if (expectation.name == name) return expectation.value;
  }
  ADD_FAILURE() << "nothing is expected of " << name;
  return 0;
}

/// Configs whose test split has its own length, noise and vocabulary.
constexpr const char* configs_with_overrides[] = {
    R"({"generator": "random", "seq_length": 256, "noise_probability": 0.5,
        "splits": {"test": {"seq_length": 1024, "noise_probability": 0, "vocab_size": 64}}})",
    R"({"generator": "mixture", "seq_length": 256, "noise_probability": 0.5, "vocab_size": 10000,
        "components": [{"weight": 3, "config": {"generator": "pattern"}},
                       {"config": {"generator": "hierarchical"}}],
        "splits": {"test": {"seq_length": 1024, "noise_probability": 0, "vocab_size": 64}}})",
    R"({"generator": "conditional", "seq_length": 256, "noise_probability": 0.5,
        "splits": {"test": {"seq_length": 1024, "noise_probability": 0, "vocab_size": 64}}})",
};

TEST(SplitAnswers, TruthAndLimitsAreThoseOfTheSplit) {
  for (const char* config : configs_with_overrides) {
    SCOPED_TRACE(config);
    const Generator generator = generator_of(config);
    EXPECT_NEAR(expected(generator, Split::train, "avg_length"), 256, 1e-9);
    EXPECT_NEAR(expected(generator, Split::val, "avg_length"), 256, 1e-9);
    EXPECT_NEAR(expected(generator, Split::test, "avg_length"), 1024, 1e-9);
    EXPECT_NEAR(expected(generator, Split::train, "noise_rate"), 0.5, 0.01);
    EXPECT_EQ(expected(generator, Split::test, "noise_rate"), 0);
    EXPECT_EQ(generator.limits(Split::train), (SplitLimits{{256, 256}, 10000}));
    EXPECT_EQ(generator.limits(Split::test), (SplitLimits{{1024, 1024}, 64}));
    EXPECT_EQ(generator.config(Split::test).seq_length, 1024);
    EXPECT_EQ(generator.config().seq_length, 256);
  }
}

TEST(SplitAnswers, EverySequenceKeepsToItsSplitsLimits) {
  for (const char* config : configs_with_overrides) {
    SCOPED_TRACE(config);
    const Generator generator = generator_of(config);
    for (const Split split : all_splits) {
      const SplitLimits limits = generator.limits(split);
      SequenceBatch batch;
      ASSERT_TRUE(generator.generate(split, 0, 20, batch));
      for (std::size_t i = 0; i < batch.size(); ++i) {
        EXPECT_GE(batch.content(i).size(), limits.lengths.shortest);
        EXPECT_LE(batch[i].size(), limits.lengths.longest);
        for (const std::uint32_t id : batch.content(i)) ASSERT_LT(id, limits.vocab_size);
      }
    }
  }
}

TEST(SplitAnswers, SplitsWithoutOverridesAreMadeAlike) {
  const Generator generator =
      generator_of(R"({"seq_length": 40, "splits": {"train": {"seq_length": 10}}})");
  EXPECT_EQ(generator.common_split({0, 5, 5}), Split::val);
  EXPECT_EQ(generator.common_split({5, 5, 0}), std::nullopt);
  EXPECT_EQ(generator.limits(Split::train).lengths.longest, 10U);
}

class DependsOn : public ::testing::TestWithParam<testing::FamilyCase> {};

/// Other allowed values of a number.
std::vector<Json> other_values(const Parameter& parameter, const Json& value) {
  if (parameter.type() == "number") return {value == 0.25 ? 0.5 : 0.25};
  if (parameter.type() == "integer") {
    return {value.get<std::int64_t>() + 1, value.get<std::int64_t>() * 2};
  }
  if (parameter.type() == "word" && parameter.key != "generator") {
    return {parameter.choices.front().name, parameter.choices.back().name};
  }
  if (parameter.type() == "words") return {{parameter.choices.front().name}};
  if (parameter.type() == "boolean") return {!value.get<bool>()};
  return {};
}

TEST_P(DependsOn, NamesEveryParameterThatMovesAnExpectation) {
  const Config config = config_of(GetParam().config);
  const std::vector<Expectation> before = Generator::create(config)->truth();
  for (const Parameter& parameter : parameters()) {
    for (const Json& value : other_values(parameter, parameter.get(config))) {
      Config changed = config;
      if (!parameter.set(changed, value).empty()) continue;
      const Result<Generator> generator = Generator::create(changed);
      if (!generator) continue;
      const std::vector<Expectation> after = generator->truth();
      for (const Expectation& expectation : before) {
        const auto same = std::find_if(after.begin(), after.end(), [&](const Expectation& other) {
          return other.name == expectation.name;
        });
        const bool moved = same != after.end() && same->value != expectation.value;
        const auto& keys = expectation.depends_on;
        EXPECT_TRUE(!moved || std::find(keys.begin(), keys.end(), parameter.key) != keys.end())
            << parameter.key << " moves " << expectation.name;
      }
    }
  }
}

TEST_P(DependsOn, NamesParametersOfTheFamilyOnceEach) {
  const Config config = config_of(GetParam().config);
  for (const Expectation& expectation : Generator::create(config)->truth()) {
    ParameterKeys keys = expectation.depends_on;
    EXPECT_FALSE(keys.empty()) << expectation.name;
    for (const std::string_view key : keys) {
      EXPECT_TRUE(uses(family_of(config), key)) << expectation.name << " depends on " << key;
    }
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end()) << expectation.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Families, DependsOn, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

TEST(DependsOnInJson, IsAListOfKeys) {
  const Json truth = to_json(generator_of(R"({"generator": "pattern"})").truth());
  EXPECT_EQ(truth[0]["depends_on"], Json({"seq_length", "length_variation"}));
}

}  // namespace
}  // namespace synthgen
