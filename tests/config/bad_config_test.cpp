#include "synthgen/config/config_json.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

std::vector<Problem> problems_of(const Json& object) {
  const Result<Config> config = read_config(object);
  if (config) return {};
  EXPECT_EQ(config.error().kind, ErrorKind::usage);
  return config.error().problems;
}

struct BadValue {
  const char* key;
  const char* value;  ///< as JSON, and as it is shown
  const char* allowed;
};

std::ostream& operator<<(std::ostream& out, const BadValue& bad) {
  return out << bad.key << " = " << bad.value;
}

class BadConfigValue : public ::testing::TestWithParam<BadValue> {};

TEST_P(BadConfigValue, IsRefusedWithKeyValueAndAllowedRange) {
  const auto [key, value, allowed] = GetParam();
  const auto problems = problems_of({{key, Json::parse(value)}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].key, key);
  EXPECT_EQ(problems[0].value, value);
  EXPECT_EQ(problems[0].allowed, allowed);
}

constexpr const char* vocab = "an integer from 2 to 2147483647";
constexpr const char* seed_range = "an integer from 0 to 9007199254740991";
constexpr const char* probability = "a number from 0 to 1";
constexpr const char* types =
    "a list of distinct values from: repetition, alternation, progression, reversal";

INSTANTIATE_TEST_SUITE_P(
    , BadConfigValue,
    ::testing::Values(
        BadValue{"vocab_size", "0", vocab}, BadValue{"vocab_size", "1", vocab},
        BadValue{"vocab_size", "-5", vocab}, BadValue{"vocab_size", "1099511627776", vocab},
        BadValue{"vocab_size", "2147483648", vocab}, BadValue{"vocab_size", "\"abc\"", vocab},
        BadValue{"vocab_size", "\"100\"", vocab}, BadValue{"vocab_size", "10.5", vocab},
        BadValue{"vocab_size", "null", vocab}, BadValue{"vocab_size", "true", vocab},
        BadValue{"vocab_size", "[100]", vocab}, BadValue{"vocab_size", "{}", vocab},
        BadValue{"vocab_size", "1e+300", vocab},
        BadValue{"vocab_size", "18446744073709551615", vocab},
        BadValue{"seq_length", "0", "an integer from 1 to 16777216"},
        BadValue{"num_train", "-1", "an integer from 0 to 9007199254740991"},
        BadValue{"seed", "-1", seed_range}, BadValue{"seed", "1152921504606846976", seed_range},
        BadValue{"seed", "9007199254740992", seed_range}, BadValue{"seed", "0.5", seed_range},
        BadValue{"noise_probability", "1.3", probability},
        BadValue{"noise_probability", "-0.1", probability},
        BadValue{"noise_probability", "\"0.1\"", probability},
        BadValue{"noise_probability", "null", probability},
        BadValue{"pattern_probability", "1.0000000000000002", probability},
        BadValue{"length_variation", "2", probability},
        BadValue{"zipf_exponent", "8.5", "a number from 0 to 8"},
        BadValue{"pattern_length", "3", "an integer from 4 to 1048576"},
        BadValue{"pattern_types", "[]", types}, BadValue{"pattern_types", "\"rep\"", types},
        BadValue{"pattern_types", "[1]", types}, BadValue{"pattern_types", "{}", types},
        BadValue{"pattern_types", "[\"rep\",\"rep\"]", types},
        BadValue{"pattern_types", "[\"rep\",\"repetition\"]", types},
        BadValue{"vocab_distribution", "3", "one of uniform, zipf"},
        BadValue{"vocab_distribution", "\"\"", "one of uniform, zipf"}));

TEST(BadConfig, NotANumberAndInfinityAreRefused) {
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    EXPECT_EQ(problems_of({{"noise_probability", value}}).size(), 1U);
    EXPECT_EQ(problems_of({{"vocab_size", value}}).size(), 1U);
  }
}

TEST(BadConfig, AMisspelledWordNamesTheNearestOne) {
  EXPECT_EQ(problems_of({{"pattern_types", {"rep", "repitition"}}}),
            (std::vector<Problem>{{"pattern_types", R"(["rep","repitition"])",
                                   std::string(types) + " (did you mean repetition?)"}}));
  EXPECT_EQ(problems_of({{"vocab_distribution", "unifrom"}})[0].allowed,
            "one of uniform, zipf (did you mean uniform?)");
}

TEST(BadConfig, AnUnknownKeyNamesTheNearestOne) {
  const auto problems = problems_of({{"vocab_sise", 100}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text(), "vocab_sise: is not a known key; did you mean vocab_size?");
}

TEST(BadConfig, AnUnknownKeyLikeNoOtherListsTheKnownOnes) {
  const std::string text = problems_of({{"zzzzzzzzz", 1}})[0].text();
  EXPECT_EQ(text.rfind("zzzzzzzzz: is not a known key; known: generator, vocab_size, ", 0), 0U)
      << text;
  EXPECT_EQ(problems_of({{"", 1}}).size(), 1U);
}

TEST(BadConfig, AnUnknownGeneratorListsTheKnownOnesAndTheNearest) {
  const auto problems = problems_of({{"generator", "patern"}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].allowed.find("one of random, pattern"), std::string::npos);
  EXPECT_NE(problems[0].allowed.find("(did you mean pattern?)"), std::string::npos);
}

TEST(BadConfig, EveryProblemIsReportedAtOnce) {
  const Result<Config> config = read_config({{"vocab_size", 0},
                                             {"seed", -1},
                                             {"noise_probability", 1.3},
                                             {"pattern_types", Json::array()},
                                             {"sead", 4}});
  ASSERT_FALSE(config);
  const Error& error = config.error();
  ASSERT_EQ(error.problems.size(), 5U);
  std::string lines;
  for (const Problem& problem : error.problems) {
    if (!lines.empty()) lines += '\n';
    lines += problem.text();
  }
  EXPECT_EQ(error.message, lines);
  EXPECT_EQ(error.problems[2].text(), "noise_probability: got 1.3; allowed: a number from 0 to 1");
}

TEST(BadConfig, WhatIsNoObjectIsRefused) {
  for (const char* text : {"[]", "3", "null", "\"abc\"", "[[1]]"}) {
    const auto problems = problems_of(Json::parse(text));
    ASSERT_EQ(problems.size(), 1U) << text;
    EXPECT_EQ(problems[0].text(),
              std::string("config: got ") + text + "; allowed: a JSON object of parameters");
  }
}

TEST(BadConfig, ALongValueIsShownShortened) {
  const auto problems = problems_of({{"vocab_size", std::string(100000, 'x')}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_LT(problems[0].value.size(), 100U);
}

TEST(BadConfig, TheFilesNameStandsInFrontOfTheProblems) {
  const Result<Config> config = parse_config(R"({"seed": -1})", "my.json");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().message,
            "my.json: seed: got -1; allowed: an integer from 0 to 9007199254740991");
}

}  // namespace
}  // namespace synthgen
