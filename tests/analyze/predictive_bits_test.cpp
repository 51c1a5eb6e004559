#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"

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
      R"({"input_ids":[0,1],"predictive_bits":[4,1],"latents":{"oracle_bits":3}}
{"input_ids":[0,1],"predictive_bits":[2,1],"latents":{"oracle_bits":1}}
)");
  const Json& curve = report["predictive_bits_by_position"];
  EXPECT_EQ(curve["position"], Json({0, 1}));
  EXPECT_EQ(curve["floor"], Json({3.0, 1.0}));
  EXPECT_EQ(curve["mean_oracle"], Json({1.0, 1.0}));
  EXPECT_EQ(curve["unigram"], Json({1.0, 1.0}));
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
