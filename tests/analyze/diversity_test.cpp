#include "synthgen/analyze/measures/diversity.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/functions.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

TEST(Diversity, CountsDifferentSequencesAndIds) {
  const Json report = analyze_sequences(batch_of({{1, 2}, {2, 1}, {1, 2}, {1}, {}, {}}));
  EXPECT_EQ(report["sequence_diversity"], 4.0 / 6);
  EXPECT_EQ(report["token_diversity"], 2);
  EXPECT_TRUE(analyze_sequences(SequenceBatch())["sequence_diversity"].is_null());
}

TEST(Diversity, AgreesWithASetOfSequencesHoweverItIsMerged) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(R"({"vocab_size": 9, "seq_length": 4})")
                  .generate(Split::train, 0, 20000, batch));
  SequenceDiversityAccumulator whole({});
  whole.add(batch);
  EXPECT_EQ(whole.sequence_diversity(), testing::reference_sequence_diversity(batch));
  SequenceDiversityAccumulator merged({});
  for (int part = 0; part < 3; ++part) {
    SequenceDiversityAccumulator own({});
    for (std::size_t i = static_cast<std::size_t>(part); i < batch.size(); i += 3) {
      own.add(batch_of({{batch[i].begin(), batch[i].end()}}));
    }
    merged.merge(own);
  }
  EXPECT_EQ(merged.sequence_diversity(), whole.sequence_diversity());
}

TEST(Quality, MetricsAreTheReports) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(R"({"vocab_size": 40, "seq_length": 20,
                                        "pattern_probability": 0.4})")
                  .generate(Split::train, 0, 200, batch));
  const QualityMetrics metrics = compute_quality_metrics(batch);
  const Json report = analyze_sequences(batch);
  EXPECT_EQ(report["sequence_diversity"], *metrics.sequence_diversity);
  EXPECT_EQ(report["token_diversity"], metrics.token_diversity);
  EXPECT_EQ(report["average_entropy"], *metrics.average_entropy);
  EXPECT_EQ(report["pattern_ratio"], *metrics.pattern_ratio);
  EXPECT_FALSE(compute_quality_metrics({}).pattern_ratio);
}

}  // namespace
}  // namespace synthgen
