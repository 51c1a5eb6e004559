#include "synthgen/expect/expected_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/split_overlap.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

/// The report of a dataset's sequences, with what its splits share.
Json report_of(const Generator& generator, const Generator::SequenceCounts& sequences,
               bool with_latents = false) {
  Analyzer analyzer = value_of(
      Analyzer::create({.measures = {"all"}, .vocab_size = generator.config().vocab_size}));
  SplitOverlap overlap;
  for (const Split split : all_splits) {
    SequenceBatch batch;
    const std::uint64_t count = sequences[static_cast<std::size_t>(split)];
    value_of(generator.generate(split, 0, count, batch, with_latents));
    value_of(analyzer.add(batch));
    value_of(overlap.add(split, batch));
  }
  Json report = value_of(analyzer.report());
  Json pairs = value_of(overlap.report()).pairs;
  if (!pairs.empty()) report["overlap"] = std::move(pairs);
  return report;
}

/// The counts of the commonest, largest first, of an object by id or a list of n-grams.
Json largest_counts(const Json& measured, std::size_t most) {
  std::vector<std::uint64_t> counts;
  for (const Json& entry : measured) {
    counts.push_back((entry.is_object() ? entry.at("count") : entry).get<std::uint64_t>());
  }
  std::sort(counts.rbegin(), counts.rend());
  counts.resize(std::min(most, counts.size()));
  return counts;
}

/// What of a measure its expectation is of.
Json numbers_of(const Json& report, const std::string& name) {
  const Json& measured = report.at(name);
  if (name == "lag_equality") return measured.at("share");
  if (name == "pattern_detection" || name == "token_distribution") {
    return largest_counts(measured, 10);
  }
  return measured;
}

/// That each expected number is near the measured one in its place: 25 standard errors, as those
/// are of means over up to 16 datasets and known from as many only.
void expect_near(const Json& measured, const Json& value, const Json& error,
                 const std::string& name) {
  if (value.is_structured()) {
    for (const auto& [key, part] : value.items()) {
      const Json::json_pointer place = Json::json_pointer() / key;
      const bool has_error = error.is_structured();
      expect_near(measured.contains(place) ? measured[place] : Json(0), part,
                  has_error ? error.at(place) : Json(), name + ' ' + key);
    }
    return;
  }
  ASSERT_EQ(measured.is_number(), value.is_number()) << name;
  if (!value.is_number()) return;
  const double expected = value;
  const double apart = error.is_number() ? 25 * error.get<double>() : 0.3 * std::fabs(expected);
  EXPECT_NEAR(measured.get<double>(), expected, apart + 1e-3 * std::fabs(expected) + 2e-4) << name;
}

/// Every measure that the report has a value of but the number of sequences.
void expect_all_near(const Json& report, const Json& expected) {
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& info : entry->measures) {
      const std::string name(info.name);
      if (name == "num_sequences" || report.value(name, Json()).is_null()) continue;
      if (info.expected == Expected::never) continue;
      ASSERT_TRUE(expected.contains(name)) << name;
      const Json& of_name = expected[name];
      EXPECT_FALSE(of_name["formula"].get<std::string>().empty()) << name;
      expect_near(numbers_of(report, name), of_name["value"],
                  of_name.value("standard_error", Json()), name);
    }
  }
}

TEST(ExpectedMeasures, StandBesideEveryMeasureOfEveryFamily) {
  for (const char* family : {R"("random")", R"("random", "vocab_distribution": "zipf")",
                             R"("pattern", "noise_probability": 0.1)", R"("hierarchical")",
                             R"("conditional")", R"("composed")"}) {
    SCOPED_TRACE(family);
    const Generator generator = generator_of(
        R"({"vocab_size": 200, "seq_length": 100, "length_variation": 0.2, "generator": )" +
        std::string(family) + "}");
    const Generator::SequenceCounts sequences{240, 80, 0};
    const Json report = report_of(generator, sequences, true);
    const Json expected = expected_measures(generator, sequences, report,
                                            {.analysis = {.vocab_size = 200}, .threads = 2});
    expect_all_near(report, expected);
    EXPECT_LT(expected["overlap"]["value"].at("train/val").at("share").get<double>(), 1e-9);
    for (const auto& [name, distribution] : report["distributions"].items()) {
      EXPECT_TRUE(expected["distributions"]["value"].contains(name)) << name;
    }
    EXPECT_FALSE(expected.contains("num_sequences"));
    EXPECT_FALSE(expected.contains("exact"));
  }
}

TEST(ExpectedMeasures, OfShortSequencesThatRepeatAreNearToo) {
  for (const char* family : {"random", "pattern"}) {
    const Generator generator = generator_of(
        R"({"vocab_size": 5, "seq_length": 4, "length_variation": 0.5, "generator": ")" +
        std::string(family) + "\"}");
    const Generator::SequenceCounts sequences{400, 200, 300};
    const Json report = report_of(generator, sequences);
    const Json expected =
        expected_measures(generator, sequences, report, {.analysis = {.vocab_size = 5}});
    for (const char* name : {"sequence_diversity", "duplicate_share", "near_duplicate_share",
                             "distinct_n", "min_length", "max_length", "num_tokens"}) {
      expect_near(report[name], expected[name]["value"],
                  expected[name].value("standard_error", Json()), name);
    }
    for (const char* pair : {"train/val", "train/test", "val/test"}) {
      const double share = expected["overlap"]["value"][pair]["share"];
      EXPECT_GT(share, 0.1) << pair;
      EXPECT_NEAR(report["overlap"][pair]["share"].get<double>(), share, 0.1) << pair;
    }
  }
}

TEST(ExpectedMeasures, AreThoseOfTheReport) {
  const Generator generator = generator_of(R"({"generator": "random", "vocab_size": 200})");
  const Json expected = expected_measures(generator, {10, 0, 0}, {{"average_entropy", 1.0}});
  EXPECT_EQ(expected.size(), 1U);
  EXPECT_TRUE(expected.contains("average_entropy"));
  EXPECT_TRUE(expected_measures(generator, {0, 0, 0}, {{"average_entropy", 1.0}}).empty());
  EXPECT_TRUE(expected_measures(generator, {9, 0, 0}, {{"average_entropy", Json()}}).empty());
  EXPECT_TRUE(expected_measures(generator, {9, 0, 0}, {{"vocab_size", 200}}).empty());
}

TEST(ExpectedMeasures, OfTheRandomFamilysSizeAreClosedForms) {
  for (const char* distribution : {"uniform", "zipf"}) {
    const Generator generator =
        generator_of(R"({"generator": "random", "length_variation": 0.1, "vocab_distribution": ")" +
                     std::string(distribution) + "\"}");
    const Json default_report{{"avg_length", 0},
                              {"min_length", 0},
                              {"max_length", 0},
                              {"num_tokens", 0},
                              {"vocab_usage", 0},
                              {"token_diversity", 0},
                              {"overlap", Json::object({{"train/val", 0}})},
                              {"local_coherence", 0},
                              {"sequence_diversity", 0}};
    const Json expected =
        expected_measures(generator, {50'000'000'000, 1'000'000, 0}, default_report);
    EXPECT_EQ(expected.size(), default_report.size());
    for (const auto& [name, entry] : expected.items()) {
      EXPECT_FALSE(entry.contains("standard_error")) << distribution << ' ' << name;
    }
    EXPECT_EQ(expected["max_length"]["value"], 563.0) << distribution;
    EXPECT_EQ(expected["sequence_diversity"]["value"], 1.0) << distribution;
  }
}

TEST(SimulatedMeasures, AgreeWithClosedForms) {
  const Generator generator = generator_of(
      R"({"generator": "random", "vocab_size": 30, "seq_length": 3, "length_variation": 0.4})");
  const Generator::SequenceCounts sequences{2000, 100, 0};
  const std::vector<std::string> names{"local_coherence",    "average_entropy", "vocab_usage",
                                       "sequence_diversity", "duplicate_share", "min_length",
                                       "max_length"};
  const Json simulated = simulated_measures(generator, sequences, names);
  EXPECT_EQ(simulated.size(), names.size());
  for (const Expectation& known : generator.dataset_truth(sequences)) {
    if (!simulated.contains(known.name)) continue;
    const Json& estimate = simulated[known.name];
    EXPECT_NEAR(estimate["value"].get<double>(), known.value,
                4.5 * estimate["standard_error"].get<double>() + 1e-12)
        << known.name;
  }
  const Json report{{"overlap", {{"train/val", 0}}}};
  const Json known = expected_measures(generator, sequences, report)["overlap"];
  const Json overlap = simulated_measures(generator, sequences, {"overlap"})["overlap"];
  EXPECT_FALSE(known.contains("standard_error"));
  for (const char* number : {"share", "sequences"}) {
    EXPECT_NEAR(overlap["value"]["train/val"][number].get<double>(),
                known["value"]["train/val"][number].get<double>(),
                4.5 * overlap["standard_error"]["train/val"][number].get<double>());
  }
}

TEST(SimulatedMeasures, AreTheSameWithAnyNumberOfThreads) {
  const Generator generator = generator_of(R"({"generator": "pattern", "seq_length": 100})");
  const std::vector<std::string> names{"vocab_usage", "mutual_information", "distinct_n",
                                       "overlap"};
  const Json one = simulated_measures(generator, {6000, 2000, 0}, names);
  EXPECT_EQ(one.size(), names.size());
  EXPECT_EQ(one, simulated_measures(generator, {6000, 2000, 0}, names, {.threads = 3}));
}

TEST(SimulatedMeasures, TellHowFarTheyAre) {
  const Generator generator = generator_of(R"({"generator": "pattern", "seq_length": 100})");
  std::vector<std::pair<double, double>> told;
  simulated_measures(
      generator, {20'000, 0, 0}, {"vocab_usage"},
      {.progress = [&](double done, double total) { told.emplace_back(done, total); }});
  ASSERT_GT(told.size(), 2U);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), std::pair(40'000.0, 40'000.0));
}

TEST(ExpectedMeasures, OfRatiosOverSequencesOfDifferentLengthsWeighLongOnes) {
  const Generator generator = generator_of(
      R"({"generator": "mixture", "vocab_size": 100, "seq_length": 2000, "components": [
          {"weight": 1, "config": {"generator": "random", "seq_length": 2000}},
          {"weight": 9, "config": {"generator": "pattern", "pattern_probability": 1,
                                   "seq_length": 1}}]})");
  const Generator::SequenceCounts sequences{300, 0, 0};
  const Json report = report_of(generator, sequences, true);
  const Json expected = expected_measures(generator, sequences, report);
  EXPECT_NEAR(expected["lag_equality"]["value"][1].get<double>(), 0.01, 0.001);
  EXPECT_NEAR(expected["oracle_bits_per_token"]["value"].get<double>(),
              report["oracle_bits_per_token"].get<double>(), 0.05);
  for (const char* n : {"1", "2", "3", "4"}) {
    EXPECT_TRUE(expected["rep_n"]["value"][n].is_number()) << n;
  }
}

TEST(ExpectedMeasures, OfBoundedCountsAreAsFarOffAsTheDatasets) {
  const Generator generator =
      generator_of(R"({"generator": "pattern", "vocab_size": 500, "seq_length": 16})");
  const AnalysisOptions bounded{.memory_limit_bytes = 1 << 20, .approximate = true};
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 4000, batch));
  Analyzer analyzer = value_of(Analyzer::create(bounded));
  value_of(analyzer.add(batch));
  const Json report = value_of(analyzer.report());
  const Json expected =
      expected_measures(generator, {4000, 0, 0}, report, {.analysis = bounded, .threads = 1});
  EXPECT_EQ(report["sequence_diversity"], 1.0);
  EXPECT_EQ(expected["sequence_diversity"]["value"], 1.0);
  EXPECT_NEAR(report["pattern_detection"][0]["count"].get<double>(),
              expected["pattern_detection"]["value"][0].get<double>(), 4);
}

TEST(ExpectedMeasures, OfSplitsThatAreEmptyDoNotCount) {
  const Generator generator =
      generator_of(R"({"generator": "random", "splits": {"test": {"seq_length": 30}}})");
  const Json report{{"overlap", {{"train/val", 0}}}, {"pattern_ratio", 0.0}};
  const Json expected = expected_measures(generator, {1'000'000'000, 10, 0}, report);
  EXPECT_FALSE(expected["overlap"].contains("standard_error"));
  EXPECT_EQ(expected["pattern_ratio"]["formula"], "mean of 512 further sequences");
  const Json of_test =
      expected_measures(generator, {0, 0, 10}, {{"lag_equality", {{"share", {0.5}}}}});
  EXPECT_TRUE(of_test["lag_equality"]["value"][28].is_number());
  EXPECT_FALSE(std::isfinite(of_test["lag_equality"]["value"][29].get<double>()));
}

TEST(SimulatedMeasures, OfLongSequencesComeFromWholeDatasetsWhereThoseAreSmaller) {
  const std::vector<std::string> names{"average_entropy"};
  const auto formula_at = [&](const char* config) {
    return simulated_measures(generator_of(config), {20, 0, 0}, names)["average_entropy"]["formula"]
        .get<std::string>();
  };
  EXPECT_EQ(formula_at(R"({"seq_length": 1024})"), "mean of 256 further sequences");
  EXPECT_EQ(formula_at(R"({"seq_length": 16385})"), "mean of 6 simulated datasets of this size");
}

TEST(SimulatedMeasures, ListCountsOfTheCommonestOfDatasetsOfAnySize) {
  const Generator generator = generator_of(R"({"generator": "pattern", "seq_length": 1024})");
  for (const std::uint64_t sequences : {std::uint64_t{100}, std::uint64_t{1500}}) {
    const Json lists = simulated_measures(generator, {sequences, 0, 0},
                                          {"token_distribution", "pattern_detection"});
    ASSERT_EQ(lists.size(), 2U) << sequences;
    for (const auto& [name, entry] : lists.items()) {
      const auto counts = entry["value"].get<std::vector<double>>();
      EXPECT_EQ(counts.size(), 10U) << name;
      EXPECT_TRUE(std::is_sorted(counts.rbegin(), counts.rend())) << name;
    }
  }
}

TEST(ExpectedMeasures, OfSplitsThatDifferAreOfBothTogether) {
  const Generator generator = generator_of(
      R"({"generator": "pattern", "vocab_size": 50, "seq_length": 100,
          "splits": {"val": {"seq_length": 20, "noise_probability": 0.5}}})");
  const Generator::SequenceCounts sequences{100, 300, 0};
  const Json report = report_of(generator, sequences, true);
  const Json expected =
      expected_measures(generator, sequences, report, {.analysis = {.vocab_size = 50}});
  EXPECT_EQ(expected["avg_length"]["value"], 40.0);
  EXPECT_EQ(expected["length_histogram"]["value"], Json({{"20", 300.0}, {"100", 100.0}}));
  expect_all_near(report, expected);
}

}  // namespace
}  // namespace synthgen
