#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/counting/spill_file.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <string>

#include "support/batches.hpp"
#include "support/configs.hpp"

// What holds for all measures together, those that are not measured by default included: with room
// for everything, and with so little that several of them keep a sample.

namespace synthgen {
namespace {

using testing::batch_of;
using testing::part_of;
using testing::value_of;

AnalysisOptions everything(std::uint64_t memory_limit_bytes) {
  return {.measures = {"all"}, .memory_limit_bytes = memory_limit_bytes, .vocab_size = 60};
}

Analyzer research_analyzer_of(const SequenceBatch& batch, const AnalysisOptions& options) {
  Analyzer analyzer = value_of(Analyzer::create(options));
  EXPECT_TRUE(analyzer.add(batch));
  return analyzer;
}

/// Without the n-grams where they are the one measure with bounds that depend on the order: past
/// the limit, and with no files to spill to, the rarest ones are forgotten.
Json research_report_of(const Analyzer& analyzer) {
  Json report = value_of(analyzer.report());
  if (!can_spill && report.contains("error_bounds")) {
    report.erase("pattern_detection");
    report["error_bounds"].erase("pattern_detection");
  }
  return report;
}

/// The names of what differs: whole reports are too long to be read.
std::string differences(const Json& a, const Json& b) {
  std::string names;
  for (const auto& [name, value] : a.items()) {
    if (!b.contains(name) || b[name] != value) names += name + ' ';
  }
  return a.size() == b.size() ? names : names + "and some are missing";
}

/// Random sequences of all kinds, and many short ones with few ids among which some are equal.
SequenceBatch research_batch() {
  SequenceBatch batch = testing::random_batch(71, 300);
  PhiloxEngine source(72);
  for (int i = 0; i < 5000; ++i) {
    for (std::uint32_t& token : batch.append(1 + source() % 8)) token = source() % 4;
  }
  for (std::uint32_t& token : batch.append(9000)) token = source() % 90;
  return batch;
}

class AllMeasures : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  const AnalysisOptions options = everything(GetParam());
  const SequenceBatch batch = research_batch();
};

TEST_P(AllMeasures, MergedInAnyOrderAndGroupingGiveTheIdenticalReport) {
  const Json expected = research_report_of(research_analyzer_of(batch, options));
  PhiloxEngine source(8);
  for (int round = 0; round < 3; ++round) {
    std::vector<Analyzer> parts;
    for (std::size_t first = 0; first < batch.size();) {
      const std::size_t count = std::min<std::size_t>(batch.size() - first, 1 + source() % 2500);
      parts.push_back(research_analyzer_of(part_of(batch, first, count), options));
      first += count;
    }
    while (parts.size() > 1) {
      std::shuffle(parts.begin(), parts.end(), source);
      ASSERT_TRUE(parts.front().merge(parts.back()));
      parts.pop_back();
    }
    ASSERT_EQ(differences(research_report_of(parts[0]), expected), "");
  }
}

TEST_P(AllMeasures, DoNotDependOnTheOrderOfSequences) {
  std::vector<testing::Tokens> sequences = testing::sequences_of(batch);
  PhiloxEngine source(9);
  std::shuffle(sequences.begin(), sequences.end(), source);
  SequenceBatch shuffled;
  for (const testing::Tokens& sequence : sequences) shuffled.append(sequence);
  EXPECT_EQ(differences(research_report_of(research_analyzer_of(shuffled, options)),
                        research_report_of(research_analyzer_of(batch, options))),
            "");
}

TEST_P(AllMeasures, GoOnAfterBeingSavedAndLoaded) {
  const Analyzer first = research_analyzer_of(part_of(batch, 0, 2000), options);
  Analyzer loaded = value_of(Analyzer::load(value_of(first.save())));
  EXPECT_EQ(differences(research_report_of(loaded), research_report_of(first)), "");
  EXPECT_TRUE(loaded.add(part_of(batch, 2000, batch.size() - 2000)));
  const Json whole = research_report_of(research_analyzer_of(batch, options));
  EXPECT_EQ(differences(research_report_of(loaded), whole), "");
}

TEST_P(AllMeasures, LieInTheirRanges) {
  const Json report = value_of(research_analyzer_of(batch, options).report());
  const auto lies_between = [](const Json& value, double low, double high) {
    return value.is_number() && value.get<double>() >= low && value.get<double>() <= high;
  };
  for (const char* name : {"duplicate_share", "near_duplicate_share", "lz_complexity"}) {
    EXPECT_TRUE(lies_between(report[name], 0, 1)) << name << ' ' << report[name];
  }
  EXPECT_GE(report["near_duplicate_share"], report["duplicate_share"]);
  EXPECT_TRUE(lies_between(report["conditional_entropy"], -0.01, 6.01));
  EXPECT_LE(report["distributions"]["entropy"]["max"].get<double>(),
            std::log2(report["max_length"].get<double>()) + 1e-9);
}

TEST_P(AllMeasures, MeansOfTheDistributionsAreThoseOfTheReport) {
  SequenceBatch with_empty = batch;
  for (int i = 0; i < 700; ++i) with_empty.append(0);
  const Json report = value_of(research_analyzer_of(with_empty, options).report());
  const std::map<std::string, std::string> names{{"length", "avg_length"},
                                                 {"entropy", "average_entropy"},
                                                 {"local_coherence", "local_coherence"},
                                                 {"global_coherence", "global_coherence"},
                                                 {"lz_complexity", "lz_complexity"}};
  EXPECT_EQ(report["distributions"].size(), names.size());
  for (const auto& [distribution, mean] : names) {
    EXPECT_NEAR(report["distributions"][distribution]["mean"].get<double>(),
                report[mean].get<double>(), 1e-9)
        << mean;
  }
}

TEST(Distributions, HaveLempelZivComplexitiesWhereTheseAreMeasured) {
  const SequenceBatch batch = batch_of({{1, 2, 3}, {1, 1, 1}});
  const auto names_of = [&](std::vector<std::string> measures) {
    std::vector<std::string> names;
    const Json report =
        value_of(research_analyzer_of(batch, {.measures = std::move(measures)}).report());
    for (const auto& [name, distribution] : report["distributions"].items()) names.push_back(name);
    return names;
  };
  const std::vector<std::string> without{"entropy", "global_coherence", "length",
                                         "local_coherence"};
  std::vector<std::string> plain = names_of({"distributions"});
  std::sort(plain.begin(), plain.end());
  EXPECT_EQ(plain, without);
  std::vector<std::string> both = names_of({"distributions", "lz_complexity"});
  EXPECT_EQ(both.size(), without.size() + 1);
  EXPECT_NE(std::find(both.begin(), both.end(), "lz_complexity"), both.end());
}

TEST(Report, NamesTheVocabularyThatComplexitiesAreNormalisedWith) {
  const SequenceBatch batch = batch_of({{1, 2, 3, 1, 2, 4}, {1, 1, 2, 1, 1, 2}});
  const auto report_with = [&](std::optional<std::int64_t> vocab_size) {
    const AnalysisOptions options{.measures = {"lz_complexity"}, .vocab_size = vocab_size};
    return value_of(research_analyzer_of(batch, options).report());
  };
  const Json known = report_with(100);
  EXPECT_EQ(known["vocab_size"], 100);
  const Json unknown = report_with(std::nullopt);
  EXPECT_FALSE(unknown.contains("vocab_size"));
  EXPECT_NE(unknown["lz_complexity"], known["lz_complexity"]);
}

INSTANTIATE_TEST_SUITE_P(, AllMeasures, ::testing::Values(std::uint64_t{1} << 30, 1),
                         [](const auto& limit) {
                           return std::string(limit.param == 1 ? "OfASample" : "OfTheWhole");
                         });

TEST(ResearchMeasures, OfExtremeDataAreAReportAllTheSame) {
  SequenceBatch single_tokens;
  for (std::uint32_t i = 0; i < 20000; ++i) single_tokens.append(testing::Tokens{i * 214748});
  for (const SequenceBatch& batch :
       {SequenceBatch(), batch_of({{}}), batch_of({{0xFFFFFFFF}}), single_tokens,
        batch_of({{0xFFFFFFFF, 0, 0xFFFFFFFF}, {}, {0xFFFFFFFE}, {0, 0}})}) {
    const Json report = value_of(research_analyzer_of(batch, {.measures = {"all"}}).report());
    for (const char* name :
         {"duplicate_share", "near_duplicate_share", "zipf_exponent", "zipf_exponent_error",
          "conditional_entropy", "conditional_entropy_baseline", "mutual_information",
          "distributions", "lz_complexity", "lag_equality", "distinct_n", "rep_n"}) {
      EXPECT_TRUE(report.contains(name)) << name;
    }
    EXPECT_EQ(report["exact"], true);
  }
}

}  // namespace
}  // namespace synthgen
