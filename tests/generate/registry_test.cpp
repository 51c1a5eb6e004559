#include "synthgen/generate/registry.hpp"

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

namespace synthgen {
namespace {

using testing::config_of;

TEST(FamilyRegistry, NamesAndOrderAreTheParameterTables) {
  ASSERT_EQ(families().size() + 1, family_names.size());
  EXPECT_EQ(family_names.back(), "custom") << "known by name, made by code";
  EXPECT_EQ(find_family("custom")->name, "custom");
  for (std::size_t i = 0; i < families().size(); ++i) {
    EXPECT_EQ(families()[i]->name, family_names[i]);
    EXPECT_EQ(find_family(family_names[i]), families()[i]);
    EXPECT_FALSE(families()[i]->summary.empty());
    EXPECT_FALSE(families()[i]->example.empty());
  }
  EXPECT_EQ(find_family("nothing"), nullptr);
  EXPECT_EQ(find_family(""), nullptr);
}

TEST(FamilyRegistry, EveryFamilyIsAmongTheCasesOfTheCommonProperties) {
  for (const FamilyEntry* family : families()) {
    bool tried = false;
    for (const auto& family_case : testing::family_cases) {
      tried = tried || family_of(config_of(family_case.config)).name == family->name;
    }
    EXPECT_TRUE(tried) << family->name << " is missing in tests/support/family_cases.hpp";
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

TEST(Check, AllowsEveryCase) {
  for (const auto& family_case : testing::family_cases) {
    EXPECT_TRUE(check(config_of(family_case.config)).empty()) << family_case.name;
  }
}

}  // namespace
}  // namespace synthgen
