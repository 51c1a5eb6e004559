#include "synthgen/analyze/expected_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

Json report_of(const Generator& generator, std::uint64_t sequences) {
  SequenceBatch batch;
  EXPECT_TRUE(generator.generate(Split::train, 0, sequences, batch));
  Analyzer analyzer = value_of(Analyzer::create({.measures = {"all"}}));
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

TEST(ExpectedMeasures, OfSplitsThatDifferLeaveOutWhatTheyDoNotShare) {
  const Generator generator = generator_of(
      R"({"generator": "pattern", "vocab_size": 200, "splits": {"val": {"seq_length": 20}}})");
  const Json report = report_of(generator, 50);
  const Json expected = expected_measures(generator, {50, 50, 0}, report);
  EXPECT_EQ(expected["avg_length"]["value"], (512 + 20) / 2.0);
  EXPECT_FALSE(expected.contains("lag_equality"));
}

}  // namespace
}  // namespace synthgen
