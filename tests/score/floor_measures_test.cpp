#include "synthgen/score/floor_measures.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

TEST(FloorMeasures, AreTheFloorItsCurveAndTheShortcutsOfTheSequences) {
  const Generator generator = generator_of(R"({"generator": "template", "vocab_size": 16,
      "seq_length": 3, "templates": [[7, "RANDOM", {"range": [0, 1]}]]})");
  const Json measured = value_of(floor_measures(generator, Split::train, 0, 400));
  EXPECT_EQ(measured["target"], "tokens");
  EXPECT_FALSE(measured.contains("no_floor"));
  const Json& report = measured["report"];
  EXPECT_NEAR(report["predictive_bits_per_token"].get<double>(), 5.0 / 3, 1e-6);
  EXPECT_EQ(report["predictive_bits_by_position"]["floor"], Json({0.0, 4.0, 1.0}));
  EXPECT_EQ(report["predictive_bits_by_position"]["oracle"], Json({0.0, 4.0, 1.0}));
  EXPECT_EQ(report["shortcut_uniform_bits"], 4.0);
  EXPECT_LT(report["shortcut_position_bits"].get<double>(), 3.6) << "it learns what is fixed";
}

TEST(FloorMeasures, AreAboutLabelsWhereThereAreSome) {
  const Generator generator = generator_of(
      R"({"generator": "recall", "vocab_size": 64, "seq_length": 32, "num_kv_pairs": 4,
          "random_non_queries": false})");
  const Json measured = value_of(floor_measures(generator, Split::train, 0, 200));
  EXPECT_EQ(measured["target"], "labels");
  const Json& report = measured["report"];
  EXPECT_NEAR(report["predictive_bits_per_token"].get<double>(), 0, 1e-9);
  EXPECT_EQ(report["shortcut_last_value_accuracy"], 1.0);
  EXPECT_GT(report["shortcut_unigram_bits"].get<double>(), 3);
}

TEST(FloorMeasures, SayWhyThereIsNoFloorAndStillHaveTheShortcuts) {
  const Generator generator =
      generator_of(R"({"generator": "hierarchical", "vocab_size": 64, "seq_length": 32})");
  const Json measured = value_of(floor_measures(generator, Split::train, 0, 100));
  EXPECT_NE(measured["no_floor"].get<std::string>().find("no exact law of the next token: "),
            std::string::npos);
  EXPECT_FALSE(measured["report"].contains("predictive_bits_per_token"));
  EXPECT_EQ(measured["report"]["shortcut_uniform_bits"], 6.0);
}

}  // namespace
}  // namespace synthgen
