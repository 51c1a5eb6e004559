#include "synthgen/analyze/analyzer.hpp"

#include <gtest/gtest.h>
#include <numeric>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::part_of;
using testing::value_of;

Analyzer analyzer_of(const SequenceBatch& batch, const AnalysisOptions& options = {}) {
  Analyzer analyzer = value_of(Analyzer::create(options));
  EXPECT_TRUE(analyzer.add(batch));
  return analyzer;
}

std::string report_of(const Analyzer& analyzer) {
  return to_text(value_of(analyzer.report()));
}

TEST(Analyzer, ReportsTheDefaultMeasuresPlainNumbersFirst) {
  const Json report = analyze_sequences(batch_of({{1, 1, 2}, {1, 1, 2}}));
  EXPECT_EQ(report["num_sequences"], 2);
  EXPECT_EQ(report["avg_length"], 3);
  EXPECT_EQ(report["vocab_usage"], 2);
  EXPECT_EQ(report["token_distribution"], (Json{{"1", 4}, {"2", 2}}));
  EXPECT_EQ(to_text(report["pattern_detection"]), R"([{"pattern":[1,1,2],"count":2}])");
  EXPECT_EQ(report["local_coherence"], 0.5);
  EXPECT_NEAR(report["global_coherence"].get<double>(), 2.0 / 3, 1e-15);
  bool plain = true;
  for (const auto& [name, value] : report.items()) {
    EXPECT_TRUE(plain || value.is_structured()) << name << " comes after the plain numbers";
    plain = plain && !value.is_structured();
  }
  EXPECT_EQ(analyze_dataset(batch_of({{1, 1, 2}, {1, 1, 2}})), report);
}

TEST(Analyzer, EveryMeasureIsDescribedAndReported) {
  SequenceBatch batch;
  const Generator generator =
      testing::generator_of(R"({"generator": "pattern", "vocab_size": 100})");
  ASSERT_TRUE(generator.generate(Split::train, 0, 5, batch, true));
  ASSERT_TRUE(generator.predict(Split::train, Predictive::bits, false, batch));
  const Json report = value_of(analyzer_of(batch, {.measures = {"all"}}).report());
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      EXPECT_TRUE(report.contains(measure.name)) << measure.name;
      EXPECT_FALSE(measure.formula.empty()) << measure.name;
      EXPECT_FALSE(measure.range.empty()) << measure.name;
      EXPECT_FALSE(measure.source.empty()) << measure.name;
    }
  }
}

TEST(Analyzer, AgreesWithTheReferenceFormulas) {
  for (unsigned seed = 20; seed < 25; ++seed) {
    const SequenceBatch batch = testing::random_batch(seed, 200);
    const Json report = analyze_sequences(batch);
    EXPECT_EQ(report["num_sequences"], batch.size());
    EXPECT_DOUBLE_EQ(report["avg_length"].get<double>(),
                     static_cast<double>(batch.tokens.size()) / static_cast<double>(batch.size()));
    Json distribution = Json::object();
    for (const auto& [token, count] : testing::reference_token_distribution(batch)) {
      distribution[std::to_string(token)] = count;
    }
    EXPECT_EQ(to_text(report["token_distribution"]), to_text(distribution));
    EXPECT_EQ(report["vocab_usage"], distribution.size());
    Json patterns = Json::array();
    for (const auto& [pattern, count] : testing::reference_patterns(batch, 3, 10)) {
      patterns.push_back({{"pattern", pattern}, {"count", count}});
    }
    EXPECT_EQ(report["pattern_detection"], patterns);
  }
}

TEST(Analyzer, MergingInAnyOrderAndGroupingGivesTheIdenticalReport) {
  const SequenceBatch batch = testing::random_batch(4, 240);
  const std::string expected = report_of(analyzer_of(batch));
  PhiloxEngine source(8);
  for (int round = 0; round < 10; ++round) {
    std::vector<Analyzer> parts;
    for (std::size_t first = 0; first < 240; first += 30) {
      parts.push_back(analyzer_of(part_of(batch, first, 30)));
    }
    while (parts.size() > 1) {
      std::shuffle(parts.begin(), parts.end(), source);
      value_of(parts.front().merge(parts.back()).map([] { return 0; }));
      parts.pop_back();
    }
    ASSERT_EQ(report_of(parts[0]), expected);
  }
}

TEST(Analyzer, AddingInPiecesGivesTheIdenticalReport) {
  const SequenceBatch batch = testing::random_batch(5, 100);
  Analyzer pieces = value_of(Analyzer::create());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_TRUE(pieces.add(part_of(batch, i, 1)));
  }
  EXPECT_TRUE(pieces.add({}));
  EXPECT_EQ(report_of(pieces), report_of(analyzer_of(batch)));
}

TEST(Analyzer, MergingNothingChangesNothing) {
  const SequenceBatch batch = testing::random_batch(6, 50);
  Analyzer analyzer = analyzer_of(batch);
  EXPECT_TRUE(analyzer.merge(value_of(Analyzer::create())));
  EXPECT_EQ(report_of(analyzer), report_of(analyzer_of(batch)));
  Analyzer empty = value_of(Analyzer::create());
  EXPECT_TRUE(empty.merge(analyzer));
  EXPECT_EQ(report_of(empty), report_of(analyzer));
}

TEST(Analyzer, ValuesOfEachSequenceFollowTheOrder) {
  const AnalysisOptions options{.per_sequence = true};
  Analyzer analyzer = analyzer_of(batch_of({{1, 1}, {5}}), options);
  EXPECT_TRUE(analyzer.merge(analyzer_of(batch_of({{}, {1, 2, 2, 2}}), options)));
  const Json report = value_of(analyzer.report());
  EXPECT_EQ(to_text(report["per_sequence"]["length"]), "[2,1,0,4]");
  EXPECT_EQ(to_text(report["per_sequence"]["local_coherence"]),
            "[1.0,null,null,0.6666666666666666]");
  EXPECT_EQ(to_text(report["per_sequence"]["global_coherence"]), "[1.0,1.0,null,0.75]");
  EXPECT_FALSE(analyze_sequences({}).contains("per_sequence"));
}

TEST(Analyzer, OfNoDataIsAReportAllTheSame) {
  const Json report = analyze_sequences({});
  EXPECT_EQ(report["num_sequences"], 0);
  EXPECT_TRUE(report["avg_length"].is_null());
  EXPECT_TRUE(report["local_coherence"].is_null());
  EXPECT_EQ(report["pattern_detection"], Json::array());
}

TEST(Analyzer, OptionsOutOfRangeAreUsageErrorsAllAtOnce) {
  const auto problems = [](const AnalysisOptions& options) {
    const Result<Analyzer> analyzer = Analyzer::create(options);
    std::vector<std::string> lines;
    if (analyzer) return lines;
    EXPECT_EQ(analyzer.error().kind, ErrorKind::usage);
    for (const Problem& problem : analyzer.error().problems) lines.push_back(problem.text());
    return lines;
  };
  EXPECT_TRUE(problems({.ngram = 1, .top = 1}).empty());
  EXPECT_TRUE(problems({.ngram = 16, .top = 4294967295}).empty());
  EXPECT_EQ(problems({.ngram = 17, .top = 0}),
            (std::vector<std::string>{"ngram: got 17; allowed: an integer from 1 to 16",
                                      "top: got 0; allowed: an integer from 1 up"}));
  EXPECT_EQ(problems({.ngram = 0}).size(), 1U);
}

TEST(Analyzer, AnalysesWithOtherOptionsDoNotMerge) {
  Analyzer analyzer = value_of(Analyzer::create({.ngram = 3}));
  for (const AnalysisOptions& options :
       {AnalysisOptions{.ngram = 2}, AnalysisOptions{.top = 11},
        AnalysisOptions{.per_sequence = true}, AnalysisOptions{.measures = {"entropy"}},
        AnalysisOptions{.vocab_size = 5}}) {
    const Result<void> merged = analyzer.merge(value_of(Analyzer::create(options)));
    ASSERT_FALSE(merged);
    EXPECT_EQ(merged.error().kind, ErrorKind::usage);
  }
}

TEST(Analyzer, MeasuresWhatIsAskedForInTheOrderOfTheReport) {
  const SequenceBatch batch = batch_of({{1, 1, 2}, {1, 1, 2}});
  const auto names = [&](const std::vector<std::string>& measures) {
    std::vector<std::string> keys;
    const Json report = value_of(analyzer_of(batch, {.measures = measures}).report());
    for (const auto& [key, value] : report.items()) keys.push_back(key);
    return keys;
  };
  EXPECT_EQ(names({"pattern_detection", "entropy"}),
            (std::vector<std::string>{"average_entropy", "exact", "pattern_detection"}));
  EXPECT_EQ(names({"ngrams", "average_entropy", "entropy"}), names({"entropy", "ngrams"}));
  EXPECT_EQ(names({"default"}), names({}));
  EXPECT_EQ(names({"entropy", "all"}), names({"all"}));
}

TEST(Analyzer, UnknownMeasuresAreNamedWithTheNearest) {
  const Result<Analyzer> analyzer =
      Analyzer::create({.top = 0, .measures = {"entropy", "local_coherense", "xyzzy"}});
  ASSERT_FALSE(analyzer);
  EXPECT_EQ(analyzer.error().kind, ErrorKind::usage);
  const std::vector<Problem>& problems = analyzer.error().problems;
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[1].value, "\"local_coherense\"");
  EXPECT_NE(problems[1].allowed.find("default, all, statistics, num_sequences, "),
            std::string::npos);
  EXPECT_NE(problems[1].allowed.find("(did you mean local_coherence?)"), std::string::npos);
  EXPECT_EQ(problems[2].allowed.find("did you mean"), std::string::npos);
}

}  // namespace
}  // namespace synthgen
