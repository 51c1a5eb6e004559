#include "synthgen/analyze/measures/statistics.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

Json reported(const SequenceBatch& batch, bool per_sequence = false) {
  StatisticsAccumulator statistics({.per_sequence = per_sequence});
  statistics.add(batch);
  ReportSections sections;
  statistics.report(sections);
  return {{"numbers", sections.numbers},
          {"details", sections.details},
          {"per_sequence", sections.per_sequence}};
}

TEST(Statistics, KnownAnswer) {
  const Json report = reported(batch_of({{1, 2, 3}, {3}, {}, {2, 2, 2, 4294967295}}));
  EXPECT_EQ(to_text(report["numbers"]),
            R"({"num_sequences":4,"avg_length":2.0,"min_length":0,"max_length":4,)"
            R"("num_tokens":8,"vocab_usage":4,"token_diversity":4})");
  EXPECT_EQ(to_text(report["details"]),
            R"({"token_distribution":{"1":1,"2":4,"3":2,"4294967295":1},)"
            R"("length_histogram":{"0":1,"1":1,"3":1,"4":1}})");
}

TEST(Statistics, OfNoSequencesHaveNoMeanAndNoExtremes) {
  const Json report = reported({});
  EXPECT_EQ(to_text(report["numbers"]),
            R"({"num_sequences":0,"avg_length":null,"min_length":null,"max_length":null,)"
            R"("num_tokens":0,"vocab_usage":0,"token_diversity":0})");
  EXPECT_EQ(to_text(report["details"]), R"({"token_distribution":{},"length_histogram":{}})");
}

TEST(Statistics, OfEmptySequencesHaveMeanZero) {
  const Json numbers = reported(batch_of({{}, {}}))["numbers"];
  EXPECT_EQ(numbers["num_sequences"], 2);
  EXPECT_EQ(numbers["avg_length"], 0);
  EXPECT_EQ(numbers["min_length"], 0);
}

TEST(Statistics, LengthsOfEachSequenceFollowTheOrderWhenAskedFor) {
  const SequenceBatch batch = batch_of({{1, 2, 3}, {}, {2}});
  EXPECT_EQ(reported(batch, true)["per_sequence"]["length"], (Json{3, 0, 1}));
  EXPECT_TRUE(reported(batch)["per_sequence"].empty());
}

TEST(Statistics, TheDistributionAscendsNumericallyNotAsText) {
  const Json report = reported(batch_of({{10, 9, 100, 0}}));
  EXPECT_EQ(to_text(report["details"]["token_distribution"]), R"({"0":1,"9":1,"10":1,"100":1})");
}

}  // namespace
}  // namespace synthgen
