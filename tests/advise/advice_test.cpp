#include "synthgen/advise/advice.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::config_of;
using testing::value_of;

/// The report on sequences of a config, with latents.
Json report_of(const Json& config, std::uint64_t count) {
  const Generator generator = value_of(Generator::create(value_of(read_config(config))));
  SequenceBatch batch;
  EXPECT_TRUE(generator.generate(Split::train, 0, count, batch, true));
  return analyze_sequences(batch);
}

std::vector<std::string_view> rules_of(const std::vector<Advice>& advice) {
  std::vector<std::string_view> rules;
  for (const Advice& entry : advice) rules.push_back(entry.rule);
  return rules;
}

const Advice* find(const std::vector<Advice>& advice, std::string_view rule) {
  const auto found = std::find_if(advice.begin(), advice.end(),
                                  [&](const Advice& entry) { return entry.rule == rule; });
  return found == advice.end() ? nullptr : &*found;
}

/// A config whose data a rule speaks about, and the parameter that it would change.
struct Ill {
  const char* rule;
  const char* parameter;
  const char* config;
  std::uint64_t count = 200;
};

void PrintTo(const Ill& ill, std::ostream* out) {
  *out << ill.rule << " of " << ill.config;
}

class AdviceOnIllData : public ::testing::TestWithParam<Ill> {};

TEST_P(AdviceOnIllData, NamesNumberAndChangeAndTheChangeBettersTheNumber) {
  const Ill& ill = GetParam();
  Json config = Json::parse(ill.config);
  const Config before = value_of(read_config(config));
  const std::vector<Advice> advice = advise(report_of(config, ill.count), &before);
  const Advice* entry = find(advice, ill.rule);
  ASSERT_NE(entry, nullptr) << ::testing::PrintToString(rules_of(advice));
  EXPECT_EQ(entry->parameter, ill.parameter);
  EXPECT_NE(entry->message.find(entry->parameter + " = " + to_text(entry->change)),
            std::string::npos)
      << entry->message;

  config[entry->parameter] = entry->change;
  const Config after = value_of(read_config(config));
  const std::vector<Advice> later = advise(report_of(config, ill.count), &after);
  const Advice* again = find(later, ill.rule);
  if (again == nullptr) return;
  EXPECT_LT(std::fabs(again->value - again->threshold), std::fabs(entry->value - entry->threshold));
}

INSTANTIATE_TEST_SUITE_P(
    , AdviceOnIllData,
    ::testing::Values(
        Ill{"low_sequence_diversity", "vocab_size", R"({"vocab_size": 2, "seq_length": 6})"},
        Ill{"low_sequence_diversity", "pattern_probability",
            R"({"generator": "pattern", "vocab_size": 3, "seq_length": 8, "pattern_length": 8,
                "pattern_probability": 1})"},
        Ill{"low_sequence_diversity", "noise_probability",
            R"({"templates": [[1, 2, 3, 4, 5]], "seq_length": 5})"},
        Ill{"unused_vocabulary", "zipf_exponent",
            R"({"vocab_size": 2000, "seq_length": 128, "vocab_distribution": "zipf",
                "zipf_exponent": 4})"},
        Ill{"unused_vocabulary", "noise_probability",
            R"({"templates": [[1, 2, 3, 4, 5, 6, 7, 8]], "seq_length": 8, "vocab_size": 100})"},
        Ill{"low_entropy", "pattern_probability",
            R"({"generator": "pattern", "vocab_size": 100, "seq_length": 128,
                "pattern_length": 200, "pattern_types": ["alternation"],
                "pattern_probability": 1})"},
        Ill{"low_entropy", "zipf_exponent",
            R"({"vocab_size": 1000, "seq_length": 128, "vocab_distribution": "zipf",
                "zipf_exponent": 3})"},
        Ill{"low_entropy", "noise_probability",
            R"({"templates": [[1, 1, 1, 1, 1, 1, 1, 2, "RANDOM"]], "template_fill": "cycle",
                "seq_length": 64, "vocab_size": 16})"},
        Ill{"few_patterns", "pattern_probability",
            R"({"generator": "pattern", "seq_length": 64, "pattern_length": 16,
                "pattern_probability": 0.01})"},
        Ill{"few_patterns", "noise_probability",
            R"({"generator": "pattern", "seq_length": 64, "noise_probability": 0.5})"},
        Ill{"few_patterns", "pattern_length",
            R"({"generator": "pattern", "seq_length": 32, "pattern_length": 4})"},
        Ill{"hidden_patterns", "noise_probability",
            R"({"generator": "pattern", "seq_length": 256, "noise_probability": 0.4})"},
        Ill{"long_sequences", "seq_length", R"({"seq_length": 20000})", 2},
        Ill{"long_sequences", "seq_length", R"({"seq_length": 7000, "length_variation": 1})", 20},
        Ill{"large_dataset", "num_train", R"({"seq_length": 100, "num_train": 100000000})", 20},
        Ill{"dominant_id", "zipf_exponent",
            R"({"vocab_size": 1000, "seq_length": 128, "vocab_distribution": "zipf",
                "zipf_exponent": 3})"},
        Ill{"dominant_id", "noise_probability",
            R"({"templates": [[1, 1, 1, "RANDOM"]], "seq_length": 4, "vocab_size": 100})"},
        Ill{"uneven_lengths", "length_variation", R"({"seq_length": 100, "length_variation": 1})"},
        Ill{"uneven_lengths", "template_fill",
            R"({"templates": [[1, 2], [{"repeat": 60, "of": ["RANDOM"]}]], "seq_length": 60,
                "template_fill": "natural"})"},
        Ill{"single_tokens", "seq_length", R"({"seq_length": 1})"},
        Ill{"single_tokens", "length_variation", R"({"seq_length": 10, "length_variation": 1})"},
        Ill{"few_tokens_per_id", "num_train",
            R"({"vocab_size": 10000, "seq_length": 20, "num_train": 4999})", 20},
        Ill{"small_validation_split", "num_val", R"({"num_train": 2000, "num_val": 19})", 20},
        Ill{"patterns_everywhere", "pattern_probability",
            R"({"generator": "pattern", "pattern_probability": 0.951})", 20}));

TEST(Advice, HealthyDataNeedsNone) {
  for (const char* config :
       {R"({"generator": "random"})", R"({"generator": "pattern"})",
        R"({"generator": "hierarchical"})", R"({"generator": "conditional"})",
        R"({"generator": "composed"})",
        R"({"vocab_distribution": "zipf", "length_variation": 0.2, "noise_probability": 0.02,
            "generator": "pattern"})"}) {
    Json object = Json::parse(config);
    object["vocab_size"] = 1000;
    object["seq_length"] = 128;
    const Config known = value_of(read_config(object));
    const Json report = report_of(object, 300);
    EXPECT_EQ(rules_of(advise(report, &known)), std::vector<std::string_view>()) << config;
    EXPECT_EQ(rules_of(advise(report)), std::vector<std::string_view>()) << config;
  }
}

TEST(Advice, OnDataOfUnknownOriginJudgesWhatTheDataShows) {
  const Json report = report_of({{"vocab_size", 3}, {"seq_length", 3}}, 200);
  const std::vector<Advice> advice = advise(report);
  const Advice* entry = find(advice, "low_sequence_diversity");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->parameter, "vocab_size");
  EXPECT_EQ(entry->change, 12);
  EXPECT_EQ(find(advice, "few_patterns"), nullptr);
}

TEST(Advice, IdsOutsideOfTheVocabularyAreNamed) {
  const Json report = report_of({{"vocab_size", 50}, {"seq_length", 30}}, 50);
  Config config = config_of(R"({"vocab_size": 40})");
  const std::vector<Advice> advice = advise(report, &config);
  const Advice* entry = find(advice, "ids_outside_vocabulary");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->value, 49);
  EXPECT_EQ(entry->threshold, 39);
  EXPECT_EQ(entry->change, 50);
  config.vocab_size = 50;
  EXPECT_EQ(find(advise(report, &config), "ids_outside_vocabulary"), nullptr);
}

TEST(Advice, SplitsThatShareSequencesNeedMoreRoom) {
  Json report = {{"overlap", {{"train/val", {{"sequences", 1}, {"share", 0.005}}}}}};
  EXPECT_EQ(advise(report).size(), 0U);
  report["overlap"]["train/test"] = {{"sequences", 30}, {"share", 0.3}};
  const Config config = config_of(R"({"vocab_size": 5})");
  const std::vector<Advice> advice = advise(report, &config);
  ASSERT_EQ(advice.size(), 1U);
  EXPECT_EQ(advice[0].rule, "split_overlap");
  EXPECT_EQ(advice[0].value, 0.3);
  EXPECT_EQ(advice[0].parameter, "vocab_size");
  EXPECT_EQ(advice[0].change, 20);
}

TEST(Advice, BestPracticesAreKeptOnTheThreshold) {
  for (const char* known :
       {R"({"vocab_size": 10000, "seq_length": 20, "num_train": 5000})",
        R"({"num_train": 2000, "num_val": 20})", R"({"num_train": 0, "num_val": 0})",
        R"({"num_train": 2000, "num_val": 0})",
        R"({"generator": "pattern", "pattern_probability": 0.95})",
        R"({"generator": "random", "pattern_probability": 1})"}) {
    const Config config = config_of(known);
    EXPECT_EQ(rules_of(advise(Json::object(), &config)), std::vector<std::string_view>()) << known;
  }
}

SequenceBatch repeated(std::initializer_list<testing::Tokens> sequences, int times) {
  SequenceBatch batch;
  for (int i = 0; i < times; ++i) {
    for (const testing::Tokens& tokens : sequences) batch.append(tokens);
  }
  return batch;
}

TEST(Advice, CopiesInALargeSpaceNeedNoLargerVocabulary) {
  const std::vector<std::pair<const char*, SequenceBatch>> copies{
      {"the largest id", repeated({{4294967295, 0, 4294967295, 1}}, 5)},
      {"one id", repeated({{5, 5, 5, 5}}, 100)},
      {"lengths", repeated({{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10}}, 4)}};
  for (const auto& [name, batch] : copies) {
    const std::vector<Advice> advice = advise(analyze_sequences(batch));
    EXPECT_EQ(find(advice, "low_sequence_diversity"), nullptr) << name;
    const Advice* entry = find(advice, "repeated_sequences");
    ASSERT_NE(entry, nullptr) << name;
    EXPECT_EQ(entry->parameter, "") << name;
    EXPECT_TRUE(entry->change.is_null()) << name;
    EXPECT_EQ(to_json(advice)[0]["change"], Json::object()) << name;
    EXPECT_NE(entry->message.find("remove the copies"), std::string::npos) << entry->message;
  }
}

TEST(Advice, RepeatsThatChanceMakesNeedALargerVocabulary) {
  SequenceBatch batch;
  for (std::uint32_t i = 0; i < 40; ++i) batch.append(testing::Tokens{i * i % 7});
  const std::vector<Advice> advice = advise(analyze_sequences(batch));
  EXPECT_EQ(find(advice, "repeated_sequences"), nullptr);
  const Advice* entry = find(advice, "low_sequence_diversity");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->parameter, "vocab_size");
}

TEST(Advice, OfAKnownConfigTellsCopiesFromASmallSpace) {
  const auto rules_on = [](const char* text, std::uint64_t different, int times, bool latents) {
    const Config config = config_of(text);
    const Generator generator = value_of(Generator::create(config));
    SequenceBatch batch;
    for (int i = 0; i < times; ++i) {
      EXPECT_TRUE(generator.generate(Split::train, 0, different, batch, latents));
    }
    return rules_of(advise(analyze_sequences(batch), &config));
  };
  using Rules = std::vector<std::string_view>;
  for (const bool latents : {false, true}) {
    for (const char* config :
         {R"({"vocab_size": 100, "seq_length": 64})",
          R"({"generator": "pattern", "vocab_size": 100, "seq_length": 64,
              "pattern_probability": 0.9})",
          R"({"generator": "hierarchical", "vocab_size": 100, "seq_length": 64})",
          R"({"vocab_distribution": "zipf", "vocab_size": 100, "seq_length": 64})"}) {
      EXPECT_EQ(rules_on(config, 100, 2, latents), Rules{"repeated_sequences"}) << config;
      EXPECT_EQ(rules_on(config, 200, 1, latents), Rules()) << config;
    }
    for (const char* config : {R"({"vocab_size": 3, "seq_length": 4})",
                               R"({"templates": [[1, 2, 3, 4, "RANDOM"]], "seq_length": 5,
                                   "vocab_size": 30})"}) {
      const Rules rules = rules_on(config, 300, 1, latents);
      ASSERT_FALSE(rules.empty()) << config;
      EXPECT_EQ(rules.front(), "low_sequence_diversity") << config;
    }
  }
}

TEST(Advice, TheExpectedDiversityTellsCopiesFromASmallSpace) {
  Json report = {{"num_sequences", 100},
                 {"sequence_diversity", 0.5},
                 {"length_histogram", {{"8", 100}}},
                 {"expected", {{"sequence_diversity", {{"value", 0.52}, {"formula", ""}}}}}};
  const Config config = config_of(R"({"vocab_size": 1000})");
  EXPECT_EQ(rules_of(advise(report, &config)),
            std::vector<std::string_view>{"low_sequence_diversity"});
  report["expected"]["sequence_diversity"]["value"] = 0.99;
  EXPECT_EQ(rules_of(advise(report, &config)), std::vector<std::string_view>{"repeated_sequences"});
}

TEST(Advice, AnEstimatedDiversityIsJudgedWithItsError) {
  Json report = {{"num_sequences", 100},
                 {"sequence_diversity", 0.93},
                 {"length_histogram", {{"8", 100}}},
                 {"error_bounds", {{"sequence_diversity", {{"relative_standard_error", 0.03}}}}}};
  const Config config = config_of(R"({"vocab_size": 1000})");
  EXPECT_EQ(advise(report, &config).size(), 0U);
  report["sequence_diversity"] = 0.8;
  EXPECT_EQ(rules_of(advise(report, &config)), std::vector<std::string_view>{"repeated_sequences"});
  report["sequence_diversity"] = 0.93;
  report.erase("error_bounds");
  EXPECT_EQ(rules_of(advise(report, &config)), std::vector<std::string_view>{"repeated_sequences"});
}

TEST(Advice, ACopiedSplitNeedsNoLargerVocabulary) {
  Json report = {{"num_sequences", 200},
                 {"length_histogram", {{"16", 200}}},
                 {"overlap", {{"train/test", {{"sequences", 100}, {"share", 1.0}}}}}};
  const Config large = config_of(R"({"vocab_size": 1000, "seq_length": 16})");
  const std::vector<Advice> advice = advise(report, &large);
  ASSERT_EQ(rules_of(advice), std::vector<std::string_view>{"copied_split"});
  EXPECT_EQ(advice[0].parameter, "");
  EXPECT_EQ(
      advice[0].message,
      "100 % of a split's sequences are repeated from an earlier split, more than 1 %; chance "
      "alone repeats far fewer: split the sequences again, or generate a split with another seed");
  report["length_histogram"] = {{"2", 200}};
  const Config small = config_of(R"({"vocab_size": 3, "seq_length": 2})");
  EXPECT_EQ(rules_of(advise(report, &small)), std::vector<std::string_view>{"split_overlap"});
}

TEST(Advice, AVocabularyThatIsProposedHasEveryIdOfTheData) {
  for (const std::uint32_t id : {9U, 0x1FFFFFFFU, 0x7FFFFFFEU, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    const Json report = {{"num_sequences", 1000},
                         {"sequence_diversity", 0.1},
                         {"avg_length", 1},
                         {"token_distribution", {{std::to_string(id), 1}}},
                         {"oracle_bits_per_token", 1},
                         {"length_histogram", {{"1", 1000}}}};
    const Config config = config_of(R"({"vocab_size": 5, "seq_length": 3})");
    for (const Config* known : std::initializer_list<const Config*>{nullptr, &config}) {
      const std::vector<Advice> advice = advise(report, known);
      const Advice* entry = find(advice, "low_sequence_diversity");
      ASSERT_NE(entry, nullptr);
      EXPECT_EQ(entry->parameter, id < 0x7FFFFFFE || (id < 0x7FFFFFFF && known != nullptr)
                                      ? "vocab_size"
                                      : "seq_length")
          << id;
      for (const Advice& each : advice) {
        if (each.parameter != "vocab_size") continue;
        EXPECT_GT(each.change.get<std::int64_t>(), id) << each.rule;
      }
    }
  }
}

TEST(Advice, AnIdThatNoVocabularyHasAPlaceForAsksForNone) {
  const Json report = analyze_sequences(testing::batch_of({{1, 0xFFFFFFFF, 2}, {3, 4, 5}}));
  const Config config = config_of(R"({"vocab_size": 40})");
  const std::vector<Advice> advice = advise(report, &config);
  const Advice* entry = find(advice, "ids_outside_vocabulary");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->parameter, "");
  EXPECT_EQ(entry->message,
            "the largest id is 4294967295, above 39; no vocab_size allows it: check the "
            "tokenization");
}

TEST(Advice, SharesAreToldInPercent) {
  const Json report = {{"num_tokens", 1000},   {"vocab_usage", 20},
                       {"min_length", 10},     {"avg_length", 100},
                       {"average_entropy", 1}, {"token_distribution", {{"1", 400}, {"2", 600}}}};
  std::string messages;
  for (const Advice& entry : advise(report)) messages += entry.message + '\n';
  for (const char* part : {"one id is 60 % of all tokens, more than 25 %",
                           "the shortest sequence has 10 % of the mean length, less than 12.5 %",
                           "sequences have 23.14 % of the entropy that they could have, less than "
                           "50 %"}) {
    EXPECT_NE(messages.find(part), std::string::npos) << messages;
  }
}

TEST(Advice, AnEmptyReportNeedsNone) {
  EXPECT_EQ(advise(Json::object()).size(), 0U);
  EXPECT_EQ(advise(analyze_sequences(SequenceBatch())).size(), 0U);
}

TEST(Advice, IsJsonWithAChangeThatConfigsTake) {
  const Json report = report_of({{"seq_length", 1}, {"vocab_size", 900}}, 50);
  const Json list = to_json(advise(report));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(to_text(list[0]),
            R"({"rule":"single_tokens","trouble":"training instability",)"
            R"("measure":"coherence_left_out","value":50.0,"threshold":0.0,)"
            R"("message":"50 sequences have under 2 tokens, more than 0; a model learns from what )"
            R"(follows a token: try seq_length = 8","parameter":"seq_length",)"
            R"("change":{"seq_length":8}})");
  for (const Json& entry : list) EXPECT_TRUE(read_config(entry["change"])) << entry;
}

TEST(Advice, EveryRuleIsTriedHere) {
  std::vector<std::string_view> tried{"ids_outside_vocabulary", "split_overlap",
                                      "repeated_sequences", "copied_split"};
  for (const std::string_view rule : advice_rules()) {
    if (std::find(tried.begin(), tried.end(), rule) != tried.end()) continue;
    const auto suite = ::testing::UnitTest::GetInstance();
    bool found = false;
    for (int i = 0; i < suite->total_test_suite_count(); ++i) {
      const auto* tests = suite->GetTestSuite(i);
      for (int t = 0; t < tests->total_test_count(); ++t) {
        const char* value = tests->GetTestInfo(t)->value_param();
        found = found || (value != nullptr && std::string_view(value).starts_with(rule));
      }
    }
    EXPECT_TRUE(found) << rule;
  }
}

}  // namespace
}  // namespace synthgen
