#include "synthgen/config/config_json.hpp"

#include "synthgen/generate/registry.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::config_of;

TEST(Config, DefaultsAreTheDocumentedOnes) {
  const Config config = default_config();
  EXPECT_EQ(config.vocab_size, 10000);
  EXPECT_EQ(config.seq_length, 512);
  EXPECT_EQ(config.num_train, 50000);
  EXPECT_EQ(config.num_val, 5000);
  EXPECT_EQ(config.num_test, 0);
  EXPECT_EQ(config.seed, 42);
  EXPECT_EQ(config.vocab_distribution, "uniform");
  EXPECT_EQ(config.zipf_exponent, 1.0);
  EXPECT_EQ(config.noise_probability, 0);
  EXPECT_EQ(config.length_variation, 0);
  EXPECT_EQ(config.pattern_probability, 0.3);
  EXPECT_EQ(config.pattern_length, 10);
  EXPECT_EQ(config.pattern_types,
            (std::vector<std::string>{"repetition", "alternation", "progression", "reversal"}));
  EXPECT_TRUE(config.given.empty());
}

TEST(Config, AnEmptyObjectMeansTheDefaults) {
  EXPECT_EQ(to_json(config_of("{}")), to_json(default_config()));
}

TEST(Config, CountsBelongToTheirSplits) {
  const Config config = config_of(R"({"num_train": 3, "num_val": 5, "num_test": 7})");
  EXPECT_EQ(config.count(Split::train), 3);
  EXPECT_EQ(config.count(Split::val), 5);
  EXPECT_EQ(config.count(Split::test), 7);
}

TEST(Config, WhatIsGivenIsRememberedApartFromDefaults) {
  const Config config = config_of(R"({"seed": 42, "vocab_size": 7})");
  EXPECT_EQ(config.given, (std::set<std::string, std::less<>>{"seed", "vocab_size"}));
}

TEST(Config, BordersOfEachRangeAreAllowed) {
  EXPECT_EQ(config_of(R"({"vocab_size": 2})").vocab_size, 2);
  EXPECT_EQ(config_of(R"({"vocab_size": 2147483647})").vocab_size, 2147483647);
  EXPECT_EQ(config_of(R"({"seed": 0})").seed, 0);
  EXPECT_EQ(config_of(R"({"seed": 9007199254740991})").seed, 9007199254740991);
  EXPECT_EQ(config_of(R"({"noise_probability": 0})").noise_probability, 0);
  EXPECT_EQ(config_of(R"({"noise_probability": 1})").noise_probability, 1);
  EXPECT_EQ(config_of(R"({"seq_length": 1})").seq_length, 1);
  EXPECT_EQ(config_of(R"({"pattern_length": 4})").pattern_length, 4);
  EXPECT_EQ(config_of(R"({"num_train": 0})").num_train, 0);
}

TEST(Config, AWholeNumberMayBeWrittenWithAnExponentOrAPoint) {
  EXPECT_EQ(config_of(R"({"num_train": 1e6})").num_train, 1000000);
  EXPECT_EQ(config_of(R"({"num_train": 12.0})").num_train, 12);
}

TEST(Config, NegativeZeroIsZero) {
  const Config config = config_of(R"({"noise_probability": -0.0})");
  EXPECT_FALSE(std::signbit(config.noise_probability));
}

TEST(Config, ShortNamesOfPatternTypesAreTheLongOnes) {
  EXPECT_EQ(config_of(R"({"pattern_types": ["rep", "alt", "prog", "rev"]})").pattern_types,
            default_config().pattern_types);
  EXPECT_EQ(config_of(R"({"pattern_types": ["rev", "alternation"]})").pattern_types,
            (std::vector<std::string>{"reversal", "alternation"}));
}

TEST(Config, ApplyingKeepsWhatIsNotNamedAndLaterValuesWin) {
  Config config = config_of(R"({"seed": 1, "vocab_size": 100})");
  EXPECT_TRUE(set_parameters(config, Json{{"seed", 2}}).empty());
  EXPECT_EQ(config.seed, 2);
  EXPECT_EQ(config.vocab_size, 100);
}

TEST(Config, ABadValueLeavesTheOldOneAndTheGoodOnesAreTaken) {
  Config config = config_of(R"({"seed": 1, "vocab_size": 100})");
  const auto problems = set_parameters(config, Json{{"seed", -1}, {"vocab_size", 5}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(config.seed, 1);
  EXPECT_EQ(config.vocab_size, 5);
}

TEST(Config, AManifestStandsForTheConfigInsideIt) {
  const Config config = config_of(R"({"program": "synthgen", "stream_version": 1, "seed": 9,
                    "config": {"generator": "pattern", "seed": 9, "seq_length": 33}})");
  EXPECT_EQ(config.generator, "pattern");
  EXPECT_EQ(config.seq_length, 33);
  EXPECT_EQ(config.seed, 9);
}

/// A value that the parameter allows, borders included.
Json random_value(const Parameter& parameter, std::mt19937_64& source) {
  std::vector<std::string> names;
  for (const Choice& choice : parameter.choices) names.emplace_back(choice.name);
  std::shuffle(names.begin(), names.end(), source);
  if (parameter.type() == "word") return names.front();
  if (parameter.type() == "words") {
    names.resize(1 + source() % names.size());
    return names;
  }
  if (parameter.type() == "boolean") return source() % 2 == 0;
  const double part =
      std::array{0.0, 1.0, static_cast<double>(source() >> 11) * 0x1p-53}[source() % 3];
  const double number = parameter.minimum + part * (parameter.maximum - parameter.minimum);
  if (parameter.type() == "json") return {{"any", number}};
  if (parameter.type() == "integers") return Json::array({static_cast<std::int64_t>(number)});
  if (parameter.type() == "integer") return static_cast<std::int64_t>(number);
  return number;
}

TEST(Config, WritingAndReadingGiveTheSameConfig) {
  std::mt19937_64 source(2024);
  for (int round = 0; round < 300; ++round) {
    Json object = Json::object();
    for (const Parameter& parameter : parameters()) {
      if (source() % 2 == 0) object[std::string(parameter.key)] = random_value(parameter, source);
    }
    const Config config = config_of(to_text(object));
    const Config again = config_of(to_json(config).dump(2));
    for (const Parameter& parameter : parameters()) {
      ASSERT_EQ(parameter.get(again), parameter.get(config)) << parameter.key << to_text(object);
    }
    for (const auto& [key, value] : object.items()) {
      ASSERT_TRUE(config.given.contains(key));
      ASSERT_EQ(find_parameter(key)->get(config), value) << key;
    }
    ASSERT_EQ(to_text(to_json(again)), to_text(to_json(config)));
  }
}

TEST(Config, WrittenForOneFamilyItHasThatFamilysKeysAndTheGivenOnes) {
  const auto random_family = [](std::string_view key) { return uses(*find_family("random"), key); };
  const Json plain = to_json(config_of("{}"), random_family);
  EXPECT_TRUE(plain.contains("vocab_size"));
  EXPECT_FALSE(plain.contains("pattern_length"));
  EXPECT_FALSE(plain.contains("generator"));
  const Json given = to_json(config_of(R"({"pattern_length": 10})"), random_family);
  EXPECT_TRUE(given.contains("pattern_length"));
  EXPECT_FALSE(given.contains("pattern_types"));
}

TEST(Config, IsWrittenInTheTablesOrder) {
  std::size_t before = 0;
  const std::string text = to_text(to_json(default_config()));
  for (const Parameter& parameter : parameters()) {
    if (!parameter.has_default()) continue;
    const std::size_t place = text.find('"' + std::string(parameter.key) + "\":");
    ASSERT_NE(place, std::string::npos) << parameter.key;
    EXPECT_GT(place, before);
    before = place;
  }
}

}  // namespace
}  // namespace synthgen
