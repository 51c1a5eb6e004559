#include "synthgen/generate/registry.hpp"

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/tasks.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

namespace synthgen {
namespace {

using testing::config_of;

TEST(FamilyRegistry, NamesAreTheChoicesOfTheGeneratorInItsOrder) {
  const auto& choices = find_parameter("generator")->choices;
  ASSERT_EQ(families().size(), choices.size());
  EXPECT_EQ(choices.back().name, "custom") << "known by name, made by code";
  for (std::size_t i = 0; i < families().size(); ++i) {
    EXPECT_EQ(families()[i]->name, choices[i].name);
    EXPECT_EQ(find_family(choices[i].name), families()[i]);
    EXPECT_FALSE(families()[i]->summary.empty());
    EXPECT_FALSE(families()[i]->example.empty());
  }
  EXPECT_EQ(find_family("nothing"), nullptr);
  EXPECT_EQ(find_family(""), nullptr);
}

TEST(FamilyRegistry, FamiliesListKeysOfTheParameterTable) {
  for (const FamilyEntry* family : families()) {
    for (const std::string_view key : family->keys) {
      EXPECT_NE(find_parameter(key), nullptr) << family->name << " lists " << key;
      EXPECT_TRUE(uses(*family, key));
      EXPECT_FALSE(is_common(key));
    }
  }
}

TEST(FamilyRegistry, AParameterIsUsedByEveryFamilyOrByThoseThatListIt) {
  for (const FamilyEntry* family : families()) EXPECT_TRUE(uses(*family, "vocab_size"));
  EXPECT_TRUE(is_common("pad_token"));
  EXPECT_TRUE(uses(*find_family("composed"), "condition_strength"));
  EXPECT_FALSE(uses(*find_family("random"), "condition_strength"));
  EXPECT_FALSE(uses(*find_family("template"), "pattern_length"));
}

TEST(FamilyRegistry, EveryFamilyIsAmongTheCasesOfTheCommonProperties) {
  for (const FamilyEntry* family : families()) {
    bool tried = family->name == "custom";  // made by code
    for (const auto& family_case : testing::family_cases) {
      tried = tried || family_of(config_of(family_case.config)).name == family->name;
    }
    EXPECT_TRUE(tried) << family->name << " is missing in tests/support/family_cases.hpp";
  }
}

TEST(FamilyTable, ListsTheFamiliesThatAreMadeByName) {
  const Json table = family_table();
  ASSERT_EQ(table.size(), testing::registered_families().size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(table[i]["name"], testing::registered_families()[i]);
    EXPECT_EQ(table[i]["summary"], families()[i]->summary);
    EXPECT_EQ(table[i]["example"], families()[i]->example);
    EXPECT_EQ(table[i]["is_task"], is_task(*families()[i]));
    EXPECT_EQ(table[i]["untaken"].size(), families()[i]->untaken.size());
  }
}

TEST(NamesTask, HoldsForATaskInTheConfigItsComponentsOrItsSplits) {
  for (const FamilyEntry* family : families()) {
    const std::string name(family->name);
    const bool expected = name == "hmm" || name == "markov" || name == "recall";
    EXPECT_EQ(is_task(*family), expected) << name;
    EXPECT_EQ(names_task(config_of(R"({"generator": ")" + name + "\"}")), expected) << name;
    const std::string inner = R"({"generator": ")" + name + "\"}";
    EXPECT_EQ(names_task(config_of(R"({"components": [{"config": {"generator": "random"}},
                                       {"config": )" +
                                   inner + "}]}")),
              expected);
    EXPECT_EQ(names_task(config_of(R"({"splits": {"test": )" + inner + "}}")), expected);
  }
  EXPECT_FALSE(names_task(config_of("{}")));
  EXPECT_FALSE(names_task(config_of(R"({"num_kv_pairs": 4, "custom_params": {"a": "hmm"}})")));
}

TEST(MakeTask, PlansWhatTheFamilyDescribesWhereTasksAreLinked) {
  ASSERT_TRUE(makes_tasks());
  for (const FamilyEntry* family : families()) {
    if (!is_task(*family)) continue;
    const Config config = config_of(R"({"generator": ")" + std::string(family->name) + "\"}");
    EXPECT_TRUE(make_task(*family, config)) << family->name;
  }
}

TEST(FamilyOf, IsTheNamedOne) {
  EXPECT_EQ(family_of(config_of(R"({"generator": "pattern"})")).name, "pattern");
  EXPECT_EQ(family_of(config_of(R"({"generator": "random", "pattern_length": 9})")).name, "random");
}

TEST(FamilyOf, FollowsFromTheKeysOfOneFamilyElseItIsRandom) {
  EXPECT_EQ(family_of(config_of(R"({"pattern_probability": 0.3})")).name, "pattern");
  EXPECT_EQ(family_of(config_of(R"({"seq_length": 10, "noise_probability": 0.1})")).name, "random");
  EXPECT_EQ(family_of(default_config()).name, "random");
}

TEST(FamilyOf, FollowsFromTheKeysThatHoldAFamilysWholeMatter) {
  EXPECT_EQ(family_of(config_of(R"({"templates": [[1]], "pattern_length": 5})")).name, "template");
  EXPECT_EQ(family_of(config_of(R"({"custom_params": {}, "pattern_length": 5})")).name, "custom");
  EXPECT_EQ(family_of(config_of(R"({"components": [], "pattern_length": 5})")).name, "mixture");
  EXPECT_EQ(family_of(config_of(R"({"components": [], "templates": [[1]]})")).name, "mixture");
  EXPECT_EQ(family_of(config_of(R"({"custom_params": {}, "templates": [[1]]})")).name, "template");
}

TEST(FamilyOf, IsAlwaysNamedForTasks) {
  EXPECT_EQ(family_of(config_of(R"({"num_kv_pairs": 4})")).name, "random");
  EXPECT_EQ(family_of(config_of(R"({"num_kv_pairs": 4, "pattern_length": 5})")).name, "pattern");
  EXPECT_EQ(family_of(config_of(R"({"generator": "recall"})")).name, "recall");
  EXPECT_FALSE(is_common("label_layout"));
}

TEST(FamilyOf, IsComposedForTheKeysOfSeveralFamilies) {
  EXPECT_EQ(family_of(config_of(R"({"num_conditions": 3, "pattern_length": 5})")).name, "composed");
  EXPECT_EQ(family_of(config_of(R"({"num_conditions": 3, "condition_strength": 1})")).name,
            "conditional");
}

TEST(Notes, SayWhichFamilyWasChosenWhenNoneWasNamed) {
  EXPECT_EQ(notes(config_of("{}")), (std::vector<std::string>{"no generator named: using random"}));
  EXPECT_EQ(notes(config_of(R"({"pattern_length": 9})")),
            (std::vector<std::string>{"no generator named: using pattern"}));
  EXPECT_TRUE(notes(config_of(R"({"generator": "pattern", "pattern_length": 9})")).empty());
}

TEST(Notes, NameGivenKeysThatTheFamilyDoesNotUse) {
  EXPECT_EQ(notes(config_of(R"({"generator": "random", "pattern_length": 9})")),
            (std::vector<std::string>{"pattern_length is not used by random; kept"}));
}

TEST(CanonicalConfig, NamesTheFamilyAndHasItsKeysAndTheGivenOnes) {
  const Json chosen = canonical_config(config_of(R"({"pattern_length": 9})"));
  EXPECT_EQ(chosen["generator"], "pattern");
  EXPECT_TRUE(chosen.contains("pattern_types"));
  const Json kept = canonical_config(config_of(R"({"generator": "random", "pattern_length": 9})"));
  EXPECT_EQ(kept["pattern_length"], 9);
  EXPECT_FALSE(kept.contains("pattern_types"));
}

TEST(Check, AZipfTableHasALimitedSize) {
  const char* too_large = R"({"vocab_size": 16777217, "vocab_distribution": "zipf"})";
  const auto problems = check(config_of(too_large));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text(),
            "vocab_size: got 16777217; allowed: an integer from 2 to 16777216 with "
            "vocab_distribution zipf");
  const Result<Generator> generator = Generator::create(config_of(too_large));
  ASSERT_FALSE(generator);
  EXPECT_EQ(generator.error().kind, ErrorKind::usage);
  EXPECT_EQ(generator.error().problems, problems);
}

TEST(Check, RefusesWhatAFamilyTakesAtTheDefaultOnly) {
  for (const auto& family_case : testing::family_cases) {
    for (const std::string_view key : family_of(config_of(family_case.config)).untaken) {
      Config config = config_of(family_case.config);
      const Parameter& parameter = *find_parameter(key);
      const Json other = parameter.type() == "word" ? Json("zipf") : Json(0.5);
      ASSERT_TRUE(parameter.set(config, other).empty());
      const Problem expected{std::string(key), to_text(other),
                             "only " + to_text(parameter.default_value) + " with generator " +
                                 std::string(family_of(config).name)};
      const auto problems = check(config);
      EXPECT_NE(std::find(problems.begin(), problems.end(), expected), problems.end())
          << family_case.name << ' ' << key;
    }
  }
}

TEST(Check, AllowsEveryCase) {
  for (const auto& family_case : testing::family_cases) {
    EXPECT_TRUE(check(config_of(family_case.config)).empty()) << family_case.name;
  }
}

}  // namespace
}  // namespace synthgen
