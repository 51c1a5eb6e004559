#include "synthgen/analyze/expected_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/simulated_measures.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

Json report_of(const Generator& generator, std::uint64_t sequences) {
  SequenceBatch batch;
  EXPECT_TRUE(generator.generate(Split::train, 0, sequences, batch));
  Analyzer analyzer = value_of(
      Analyzer::create({.measures = {"all"}, .vocab_size = generator.config().vocab_size}));
  EXPECT_TRUE(analyzer.add(batch));
  return value_of(analyzer.report());
}

TEST(ExpectedMeasures, StandBesideWhatIsMeasured) {
  const Generator generator =
      generator_of(R"({"generator": "random", "vocab_size": 200, "seq_length": 100})");
  const Json report = report_of(generator, 2000);
  const Json expected = expected_measures(generator, {2000, 0, 0}, report);
  for (const char* name :
       {"avg_length", "local_coherence", "global_coherence", "average_entropy", "vocab_usage",
        "token_diversity", "sequence_diversity", "duplicate_share"}) {
    ASSERT_TRUE(expected.contains(name)) << name;
    EXPECT_NEAR(report[name].get<double>(), expected[name]["value"].get<double>(),
                0.05 * expected[name]["value"].get<double>() + 1e-12)
        << name;
    EXPECT_FALSE(expected[name]["formula"].get<std::string>().empty()) << name;
  }
  ASSERT_EQ(expected["lag_equality"]["value"].size(), 64U);
  EXPECT_EQ(expected["lag_equality"]["value"][7], 1.0 / 200);
}

TEST(ExpectedMeasures, AreThoseOfTheReport) {
  const Generator generator = generator_of(R"({"generator": "random", "vocab_size": 200})");
  const Json expected = expected_measures(generator, {10, 0, 0}, {{"average_entropy", 1.0}});
  EXPECT_EQ(expected.size(), 1U);
  EXPECT_TRUE(expected.contains("average_entropy"));
  EXPECT_TRUE(expected_measures(generator, {0, 0, 0}, {{"average_entropy", 1.0}}).empty());
}

TEST(ExpectedMeasures, OfFamiliesWithoutClosedFormsAreEstimatedFromOtherSequences) {
  for (const char* family : {"pattern", "hierarchical", "conditional", "composed"}) {
    const Generator generator =
        generator_of(R"({"vocab_size": 200, "seq_length": 100, "length_variation": 0.2,
                         "generator": ")" +
                     std::string(family) + "\"}");
    const Json report = report_of(generator, 2000);
    const Json expected = expected_measures(generator, {2000, 0, 0}, report);
    for (const char* name : {"local_coherence", "global_coherence", "average_entropy",
                             "pattern_ratio", "lz_complexity"}) {
      ASSERT_TRUE(expected.contains(name)) << family << ' ' << name;
      const double error = expected[name].value("standard_error", 0.001);
      EXPECT_NEAR(report[name].get<double>(), expected[name]["value"].get<double>(), 7 * error)
          << family << ' ' << name;
      EXPECT_GT(error, 0) << family << ' ' << name;
    }
    ASSERT_EQ(expected["lag_equality"]["value"].size(), 64U) << family;
    EXPECT_NEAR(report["lag_equality"]["share"][2].get<double>(),
                expected["lag_equality"]["value"][2].get<double>(), 0.02)
        << family;
  }
}

TEST(SimulatedMeasures, AgreeWithClosedForms) {
  const Generator generator =
      generator_of(R"({"generator": "random", "vocab_size": 200, "seq_length": 100})");
  const std::vector<std::string> names{"local_coherence", "global_coherence", "average_entropy",
                                       "lag_equality", "vocab_usage"};
  const Json simulated = simulated_measures(generator, names);
  EXPECT_FALSE(simulated.contains("vocab_usage")) << "it depends on the number of sequences";
  for (const Expectation& known : generator.dataset_truth({2000, 0, 0})) {
    if (!simulated.contains(known.name)) continue;
    const Json& estimate = simulated[known.name];
    EXPECT_NEAR(estimate["value"].get<double>(), known.value,
                4.5 * estimate["standard_error"].get<double>())
        << known.name;
  }
  ASSERT_EQ(simulated.size(), 4U);
  for (std::size_t lag = 0; lag < 64; ++lag) {
    EXPECT_NEAR(simulated["lag_equality"]["value"][lag].get<double>(), 1.0 / 200,
                5.5 * simulated["lag_equality"]["standard_error"][lag].get<double>())
        << lag;
  }
}

TEST(ExpectedMeasures, OfPatternsAndOfWhatLatentsTellAreEstimated) {
  const Generator generator =
      generator_of(R"({"generator": "pattern", "vocab_size": 12, "seq_length": 100,
                       "noise_probability": 0.1})");
  SequenceBatch batch;
  ASSERT_TRUE(generator.generate(Split::train, 0, 2000, batch, true));
  Analyzer analyzer =
      value_of(Analyzer::create({.measures = {"default", "rep_n"}, .vocab_size = 12}));
  ASSERT_TRUE(analyzer.add(batch));
  const Json report = value_of(analyzer.report());
  const Json expected = expected_measures(generator, {2000, 0, 0}, report);
  for (const char* name : {"pattern_precision", "pattern_recall", "oracle_bits_per_token"}) {
    ASSERT_TRUE(expected.contains(name)) << name;
    const double error = expected[name]["standard_error"];
    EXPECT_GT(error, 0) << name;
    EXPECT_NEAR(report[name].get<double>(), expected[name]["value"].get<double>(), 7 * error)
        << name;
  }
  ASSERT_EQ(expected["rep_n"]["value"].size(), report["rep_n"].size());
  for (const auto& [n, share] : report["rep_n"].items()) {
    EXPECT_NEAR(share.get<double>(), expected["rep_n"]["value"][n].get<double>(),
                7 * expected["rep_n"]["standard_error"][n].get<double>())
        << n;
  }
  SequenceBatch bare;
  ASSERT_TRUE(generator.generate(Split::train, 0, 10, bare));
  EXPECT_FALSE(
      expected_measures(generator, {10, 0, 0}, analyze_sequences(bare)).contains("pattern_recall"));
}

TEST(SimulatedMeasures, AreLeftOutWhereSequencesAreTooLong) {
  const std::vector<std::string> names{"average_entropy"};
  EXPECT_TRUE(simulated_measures(generator_of(R"({"seq_length": 16385})"), names).empty());
  EXPECT_EQ(simulated_measures(generator_of(R"({"seq_length": 16384})"), names).size(), 1U);
}

TEST(ExpectedMeasures, OfSplitsThatDifferLeaveOutWhatTheyDoNotShare) {
  const Generator generator = generator_of(
      R"({"generator": "pattern", "vocab_size": 200, "splits": {"val": {"seq_length": 20}}})");
  const Json report = report_of(generator, 50);
  const Json expected = expected_measures(generator, {50, 50, 0}, report);
  EXPECT_EQ(expected["avg_length"]["value"], (512 + 20) / 2.0);
  EXPECT_FALSE(expected.contains("average_entropy"));
  EXPECT_FALSE(expected.contains("lag_equality"));
}

}  // namespace
}  // namespace synthgen
