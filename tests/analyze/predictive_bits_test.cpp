#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

Json predictive_report(std::string_view jsonl) {
  return analyze_sequences(value_of(parse_synthetic_data(jsonl, "data")));
}

TEST(PredictiveBitsMeasure, IsTheMeanOverTokens) {
  const Json report = predictive_report(R"({"input_ids":[1,1],"predictive_bits":[4,1]}
{"input_ids":[2,2,0],"padding":1,"predictive_bits":[2,null,0]}
{"input_ids":[3]}
)");
  EXPECT_NEAR(report["predictive_bits_per_token"].get<double>(), 7.0 / 3, 1e-12);
}

TEST(PredictiveBitsMeasure, HasACourseOverPositionsWithItsBaselines) {
  const Json report = predictive_report(
      R"({"input_ids":[0,1],"predictive_bits":[4,1],"oracle_bits":[2,1]}
{"input_ids":[0,1],"predictive_bits":[2,1],"oracle_bits":[0.5,0]}
)");
  const Json& curve = report["predictive_bits_by_position"];
  EXPECT_EQ(curve["position"], Json({0, 1}));
  EXPECT_EQ(curve["floor"], Json({3.0, 1.0}));
  EXPECT_EQ(curve["oracle"], Json({1.25, 0.5}));
  EXPECT_EQ(curve["unigram"], Json({1.0, 1.0}));
}

TEST(PredictiveBitsMeasure, CountsIdsOverAllPositionsAndChargesThemAtEach) {
  // Id 0 is 3 of 4 tokens: at position 0 it is the only one, at position 1 one of two.
  const Json report = predictive_report(
      R"({"input_ids":[0,1],"predictive_bits":[1,1]}
{"input_ids":[0,0],"predictive_bits":[1,1]}
)");
  const Json& unigram = report["predictive_bits_by_position"]["unigram"];
  EXPECT_NEAR(unigram[0].get<double>(), std::log2(4.0 / 3), 1e-12);
  EXPECT_NEAR(unigram[1].get<double>(), (2 + std::log2(4.0 / 3)) / 2, 1e-12);
}

TEST(PredictiveBitsMeasure, OfLabelsCountsLabelsAndHasNoOracleOfTokens) {
  const Json report = predictive_report(
      R"({"input_ids":[5,6,7],"labels":[-100,3,3],"predictive_bits":[null,2,1],"oracle_bits":[1,1,1]}
{"input_ids":[5,6,7],"labels":[-100,3,4],"predictive_bits":[null,2,1]}
)");
  const Json& curve = report["predictive_bits_by_position"];
  EXPECT_EQ(report["predictive_bits_per_token"], 1.5);
  EXPECT_TRUE(curve["floor"][0].is_null());
  EXPECT_TRUE(curve["unigram"][0].is_null());
  EXPECT_NEAR(curve["unigram"][1].get<double>(), std::log2(4.0 / 3), 1e-12);
  EXPECT_NEAR(curve["unigram"][2].get<double>(), (2 + std::log2(4.0 / 3)) / 2, 1e-12);
  EXPECT_EQ(curve["oracle"], Json({nullptr, nullptr, nullptr}));
}

TEST(PredictiveBitsMeasure, OfAGeneratorHasTheOracleOfEachPosition) {
  // A fixed id, one of 16 and one of two.
  const Generator generator = testing::generator_of(R"({"generator": "template", "vocab_size": 16,
      "seq_length": 3, "templates": [[7, "RANDOM", {"range": [0, 1]}]]})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 2000, batch, true));
  value_of(generator.predict(Split::train, Predictive::bits, false, batch));
  Analyzer analyzer = value_of(Analyzer::create({}));
  value_of(analyzer.add(batch));
  const Json report = value_of(analyzer.report());
  const Json& curve = report["predictive_bits_by_position"];
  EXPECT_EQ(curve["floor"], Json({0.0, 4.0, 1.0}));
  EXPECT_EQ(curve["oracle"], Json({0.0, 4.0, 1.0}));
  EXPECT_GT(curve["unigram"][1].get<double>(), 4.2) << "the ids 0, 1 and 7 are common elsewhere";
  EXPECT_LT(curve["unigram"][0].get<double>(), 1.6);
  double oracle = 0;
  for (const Json& each : curve["oracle"]) oracle += each.get<double>() / 3;
  EXPECT_NEAR(oracle, report["oracle_bits_per_token"].get<double>(), 1e-6);
}

TEST(PredictiveBitsMeasure, JoinsLatePositions) {
  std::string ids = "0";
  std::string bits = "2";
  for (int t = 1; t < 200; ++t) {
    ids += ",0";
    bits += t < 128 ? ",2" : ",1";
  }
  const Json report =
      predictive_report("{\"input_ids\":[" + ids + "],\"predictive_bits\":[" + bits + "]}\n");
  const Json& curve = report["predictive_bits_by_position"];
  EXPECT_EQ(curve["position"][64], 64);
  EXPECT_EQ(curve["position"][65], 68);
  EXPECT_EQ(curve["position"][80], 128);
  EXPECT_EQ(curve["floor"][79], 2.0);
  EXPECT_EQ(curve["floor"][80], 1.0);
}

TEST(PredictiveBitsMeasure, IsAbsentWithoutThem) {
  EXPECT_FALSE(predictive_report("[1,2]\n").contains("predictive_bits_per_token"));
  EXPECT_FALSE(predictive_report("[1,2]\n").contains("predictive_bits_by_position"));
}

TEST(PredictiveBitsMeasure, IsTheSameMergedAndRead) {
  const SequenceBatch batch = value_of(parse_synthetic_data(
      R"({"input_ids":[0,1,1],"predictive_bits":[4,1,0.25]}
{"input_ids":[0,70000],"predictive_bits":[2,1]}
)",
      "data"));
  Analyzer whole = value_of(Analyzer::create({}));
  whole.add(batch);
  Analyzer twice = value_of(Analyzer::create({}));
  twice.add(batch);
  whole.add(batch);
  Analyzer other = value_of(Analyzer::create({}));
  other.add(batch);
  value_of(twice.merge(other));
  EXPECT_EQ(value_of(twice.report())["predictive_bits_by_position"],
            value_of(whole.report())["predictive_bits_by_position"]);
  EXPECT_TRUE(value_of(whole.report())["predictive_bits_by_position"]["unigram"][0].is_null());
}

}  // namespace
}  // namespace synthgen
