#include "synthgen/analyze/measures/pattern_runs.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {

void PrintTo(const PatternRun& run, std::ostream* out) {
  *out << name(run.kind) << " at " << run.start << " + " << run.length << " / " << run.period;
}

namespace {

using testing::batch_of;
using testing::Tokens;
using Runs = std::vector<PatternRun>;

Runs runs_of(const Tokens& tokens, std::uint32_t shortest = PatternDetector::shortest_run) {
  return PatternDetector()(tokens, shortest);
}

TEST(PatternDetector, FindsEachTypeWithItsPlace) {
  EXPECT_EQ(runs_of({9, 5, 1, 7, 3, 1, 7, 3, 1, 4}), (Runs{{2, 7, SpanKind::repetition, 3}}));
  EXPECT_EQ(runs_of({9, 5, 1, 7, 1, 7, 1, 7, 4}), (Runs{{2, 6, SpanKind::alternation, 0}}));
  EXPECT_EQ(runs_of({9, 5, 70, 71, 72, 73, 74, 75, 4}), (Runs{{2, 6, SpanKind::progression, 0}}));
  EXPECT_EQ(runs_of({9, 5, 1, 7, 3, 3, 7, 1, 4}), (Runs{{2, 6, SpanKind::reversal, 0}}));
  EXPECT_EQ(runs_of({1, 7, 3, 8, 3, 7, 1}), (Runs{{0, 7, SpanKind::reversal, 0}}));
}

TEST(FindPatternRuns, GivesWhatTheDetectorFinds) {
  const Tokens tokens{9, 5, 1, 7, 1, 7, 1, 7, 4, 20, 21, 22, 23};
  EXPECT_EQ(find_pattern_runs(tokens), (Runs{{2, 6, SpanKind::alternation, 0}}));
  EXPECT_EQ(find_pattern_runs(tokens, 4),
            (Runs{{2, 6, SpanKind::alternation, 0}, {9, 4, SpanKind::progression, 0}}));
  EXPECT_EQ(find_pattern_runs({}), Runs());
}

TEST(PatternDetector, WhatIsTooShortOrNoPatternIsLeftAlone) {
  EXPECT_EQ(runs_of({}), Runs());
  EXPECT_EQ(runs_of({1, 2, 1, 2, 1}), Runs()) << "five tokens";
  EXPECT_EQ(runs_of({1, 2, 3, 4, 5, 7}), Runs());
  EXPECT_EQ(runs_of({4, 9, 2, 7, 5, 1, 8, 3, 0, 6}), Runs());
  EXPECT_EQ(runs_of({1, 7, 3, 9, 1, 7, 3}), Runs()) << "a period of 4 in 7 tokens";
}

TEST(PatternDetector, PeriodsWithDoubledTokensAreFound) {
  EXPECT_EQ(runs_of({1, 2, 1, 3, 1, 2, 1, 3, 1, 2, 1, 3}),
            (Runs{{0, 12, SpanKind::repetition, 4}}));
  EXPECT_EQ(runs_of({5, 5, 6, 5, 5, 6, 5, 5, 6}), (Runs{{0, 9, SpanKind::repetition, 3}}));
}

TEST(PatternDetector, TheSimplerNameWinsAmongEqualRuns) {
  const Runs alternation = runs_of({1, 2, 1, 2, 1, 2, 1, 2});
  ASSERT_EQ(alternation.size(), 1U);
  EXPECT_EQ(alternation[0], (PatternRun{0, 8, SpanKind::alternation, 0}));
}

TEST(PatternDetector, NeighboursAreAllFound) {
  const Runs runs = runs_of({10, 11, 12, 13, 14, 15, 3, 8, 3, 8, 3, 8, 40, 41, 42, 43, 44, 45});
  EXPECT_EQ(runs, (Runs{{0, 6, SpanKind::progression, 0},
                        {6, 6, SpanKind::alternation, 0},
                        {12, 6, SpanKind::progression, 0}}));
}

TEST(PatternDetector, TheLargestIdsAreNoTrouble) {
  constexpr std::uint32_t top = 4294967295;
  EXPECT_EQ(runs_of({top - 5, top - 4, top - 3, top - 2, top - 1, top, 0, 1}),
            (Runs{{0, 6, SpanKind::progression, 0}}));
  EXPECT_EQ(runs_of({top, 1, 2, top, 1, 2, top}), (Runs{{0, 7, SpanKind::repetition, 3}}));
}

/// Palindromes by trying every centre: the longest at each.
bool has_palindrome(const Tokens& x, std::size_t length) {
  for (std::size_t start = 0; start + length <= x.size(); ++start) {
    bool mirrored = true;
    for (std::size_t i = 0; i < length / 2; ++i) {
      mirrored = mirrored && x[start + i] == x[start + length - 1 - i];
    }
    if (mirrored) return true;
  }
  return false;
}

bool has_period(const Tokens& x, std::size_t period, std::size_t length) {
  std::size_t matches = 0;
  for (std::size_t t = period; t < x.size(); ++t) {
    matches = x[t] == x[t - period] ? matches + 1 : 0;
    if (matches + period >= length && matches >= period) return true;
  }
  return false;
}

TEST(PatternDetector, FindsSomethingExactlyWhereABruteSearchDoes) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(R"({"vocab_size": 6, "seq_length": 16, "length_variation": 1})")
                  .generate(Split::train, 0, 4000, batch));
  std::size_t found = 0;
  for (const Tokens& x : testing::sequences_of(batch)) {
    bool expected = has_palindrome(x, 6) || has_palindrome(x, 7);
    for (std::size_t period = 3; period <= 8; ++period) {
      expected = expected || has_period(x, period, 6);
    }
    std::size_t rising = 1;
    std::size_t alternating = 1;
    for (std::size_t t = 1; t < x.size(); ++t) {
      rising = x[t] == x[t - 1] + 1 ? rising + 1 : 1;
      const bool continues = t >= 2 && x[t] == x[t - 2] && x[t] != x[t - 1];
      alternating = continues ? alternating + 1 : (x[t] != x[t - 1] ? 2 : 1);
      expected = expected || rising >= 6 || alternating >= 6;
    }
    ASSERT_EQ(has_pattern(x), expected) << ::testing::PrintToString(x);
    ASSERT_EQ(!runs_of(x).empty(), expected) << ::testing::PrintToString(x);
    found += expected ? 1 : 0;
  }
  EXPECT_GT(found, 200U);
  EXPECT_LT(found, 3800U);
}

TEST(PatternSearch, AnswersAsTheDetectorInOneSequenceAfterAnother) {
  SequenceBatch batch;
  for (const char* config :
       {R"({"vocab_size": 100, "seq_length": 70, "length_variation": 0.9,
            "pattern_probability": 0.03})",
        R"({"vocab_size": 3000000, "seq_length": 90, "pattern_probability": 0.05})",
        R"({"vocab_size": 60, "seq_length": 150, "vocab_distribution": "zipf"})"}) {
    ASSERT_TRUE(testing::generator_of(config).generate(Split::train, 0, 2000, batch));
  }
  PatternSearch search;
  PatternDetector detector;
  std::size_t found = 0;
  for (const Tokens& x : testing::sequences_of(batch)) {
    const bool expected = !detector(x).empty();
    ASSERT_EQ(search(x), expected) << ::testing::PrintToString(x);
    found += expected ? 1 : 0;
  }
  EXPECT_GT(found, 1000U);
  EXPECT_LT(found, 5000U);
}

TEST(LastPlaces, AreForgottenWhereverTheSequencesOfAllTogetherEnd) {
  LastPlaces places;
  for (int sequence = 0; sequence < 5; ++sequence) {
    places.begin(0x6000'0000);  // the third one does not fit after the others
    for (const std::uint32_t id : {7U, 0xFFFF'FFFFU}) {
      EXPECT_EQ(places.distance(id, 2), 0U);
      EXPECT_EQ(places.distance(id, 0x5FFF'FFFF), 0x5FFF'FFFDU);
    }
  }
}

struct Sought {
  const char* name;
  const char* config;
};

std::ostream& operator<<(std::ostream& out, const Sought& sought) {
  return out << sought.config;
}

class DetectorOnPatternData : public ::testing::TestWithParam<Sought> {};

TEST_P(DetectorOnPatternData, FindsWhatTheLatentsSayAndLittleElse) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(GetParam().config).generate(Split::train, 0, 300, batch, true));
  PatternRunsAccumulator runs({});
  runs.add(batch);
  ASSERT_TRUE(runs.precision() && runs.recall());
  EXPECT_GE(*runs.precision(), 0.95);
  EXPECT_GE(*runs.recall(), 0.95);
  EXPECT_EQ(analyze_sequences(batch)["pattern_recall"], *runs.recall());
}

INSTANTIATE_TEST_SUITE_P(
    , DetectorOnPatternData,
    ::testing::Values(
        Sought{"AllTypes", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 256})"},
        Sought{"LargeVocabulary", R"({"generator": "pattern", "vocab_size": 50000,
                                      "seq_length": 256, "pattern_probability": 0.8})"},
        Sought{"LongPatterns", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 512,
                                   "pattern_length": 40, "pattern_probability": 0.5})"},
        Sought{"Repetition", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 256,
                                 "pattern_types": ["rep"], "pattern_length": 20})"},
        Sought{"Alternation", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 256,
                                  "pattern_types": ["alt"]})"},
        Sought{"Progression", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 256,
                                  "pattern_types": ["prog"]})"},
        Sought{"Reversal", R"({"generator": "pattern", "vocab_size": 100, "seq_length": 256,
                               "pattern_types": ["rev"]})"}),
    [](const auto& sought) { return std::string(sought.param.name); });

TEST_P(DetectorOnPatternData, IsJudgedTheSameWhenLatentsCameThroughAFile) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(GetParam().config).generate(Split::train, 0, 20, batch, true));
  std::string text;
  append_jsonl(batch, text);
  const auto read = parse_synthetic_data(text, "data");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(analyze_sequences(*read), analyze_sequences(batch));
}

TEST(PatternRecall, CountsOnlySequencesThatCameWithLatents) {
  const auto read = parse_synthetic_data(
      R"([1,2,3,4,5,6,7,8,9]
{"tokens":[1,2,3,4,5,6,7,8,9],"latents":{"spans":[{"start":0,"length":9,"kind":"progression"}]}}
[1,2,1,2,1,2,1,2,1]
)",
      "data");
  ASSERT_TRUE(read) << read.error().message;
  const Json report = analyze_sequences(*read);
  EXPECT_EQ(report["pattern_ratio"], 1);
  EXPECT_EQ(report["pattern_precision"], 1);
  EXPECT_EQ(report["pattern_recall"], 1);
}

TEST(PatternRatio, IsTheShareOfSequencesWithARun) {
  const Json report =
      analyze_sequences(batch_of({{1, 2, 1, 2, 1, 2}, {1, 2, 3}, {}, {5, 6, 7, 8, 9, 10, 11}}));
  EXPECT_EQ(report["pattern_ratio"], 0.5);
  EXPECT_FALSE(report.contains("pattern_recall")) << "no latents";
  EXPECT_TRUE(analyze_sequences(SequenceBatch())["pattern_ratio"].is_null());
}

TEST(PatternRatio, OfRandomTokensIsSmall) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(R"({"vocab_size": 1000, "seq_length": 256})")
                  .generate(Split::train, 0, 2000, batch));
  EXPECT_LT(analyze_sequences(batch)["pattern_ratio"].get<double>(), 0.001);
}

TEST(PatternDetector, LongMonotonousSequencesAreNotSlow) {
  constexpr std::size_t length = 300000;
  for (const std::uint32_t period : {1U, 2U, 3U, 7U, 1000U}) {
    Tokens tokens(length);
    for (std::size_t t = 0; t < length; ++t)
      tokens[t] = static_cast<std::uint32_t>(t % period % 97);
    // In quadratic time this would take minutes.
    EXPECT_EQ(runs_of(tokens).empty(), false) << period;
  }
}

}  // namespace
}  // namespace synthgen
