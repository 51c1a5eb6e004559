#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/counting/sorted_runs.hpp"
#include "synthgen/analyze/hashing/content_records.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

// Where there is no file system (WebAssembly), what passes the limit is approximate.

namespace synthgen {
namespace {

using testing::value_of;

/// Ids of all sizes, many n-grams that occur once and some that occur often.
SequenceBatch mixed_batch() {
  SequenceBatch batch = testing::random_batch(11, 300);
  EXPECT_TRUE(testing::generator_of(R"({"generator": "pattern", "vocab_size": 60000,
                                        "seq_length": 50})")
                  .generate(Split::train, 0, 300, batch));
  EXPECT_TRUE(testing::generator_of(R"({"vocab_size": 30, "seq_length": 20})")
                  .generate(Split::train, 0, 600, batch));
  return batch;
}

TEST(MemoryLimit, LeavesTheReportAsItIsInAnySplitAndOrder) {
  const SequenceBatch batch = mixed_batch();
  const std::vector<std::string> measures{"default", "duplicate_share"};
  Analyzer whole = value_of(Analyzer::create({.measures = measures}));
  ASSERT_TRUE(whole.add(batch));
  const std::string expected = to_text(value_of(whole.report()));
  PhiloxEngine source(3);
  for (int round = 0; round < 2; ++round) {
    std::vector<Analyzer> parts;
    for (std::size_t first = 0; first < batch.size(); first += 150) {
      parts.push_back(value_of(
          Analyzer::create({.measures = measures, .memory_limit_bytes = std::uint64_t{1} << 16})));
      ASSERT_TRUE(parts.back().add(testing::part_of(batch, first, 150)));
    }
    Analyzer reloaded = value_of(Analyzer::load(value_of(parts.back().save())));
    std::swap(parts.back(), reloaded);
    while (parts.size() > 1) {
      std::shuffle(parts.begin(), parts.end(), source);
      ASSERT_TRUE(parts.front().merge(parts.back()));
      parts.pop_back();
    }
    const Json report = value_of(parts.front().report());
    EXPECT_EQ(report["exact"], can_spill);
    if (can_spill) {
      ASSERT_TRUE(to_text(report) == expected);
    }
  }
}

TEST(MemoryLimit, WithoutFilesGivesBoundsThatHold) {
  const SequenceBatch batch = mixed_batch();
  Analyzer exact = value_of(Analyzer::create());
  ASSERT_TRUE(exact.add(batch));
  const Json truth = value_of(exact.report());
  Analyzer bounded =
      value_of(Analyzer::create({.memory_limit_bytes = 1 << 14, .approximate = true}));
  for (std::size_t first = 0; first < batch.size(); first += 100) {
    ASSERT_TRUE(bounded.add(testing::part_of(batch, first, 100)));
  }
  const Json report = value_of(bounded.report());
  EXPECT_EQ(report["exact"], false);
  EXPECT_EQ(report["average_entropy"], truth["average_entropy"]);
  const auto undercount =
      report["error_bounds"]["pattern_detection"]["counts_too_low_by_at_most"].get<std::uint64_t>();
  const auto error =
      report["error_bounds"]["sequence_diversity"]["relative_standard_error"].get<double>();
  const double diversity = truth["sequence_diversity"].get<double>();
  EXPECT_NEAR(report["sequence_diversity"].get<double>(), diversity, 4 * error * diversity);
  EXPECT_LT(error, 0.3);
  for (const Json& ngram : truth["pattern_detection"]) {
    std::uint64_t found = 0;
    for (const Json& other : report["pattern_detection"]) {
      if (other["pattern"] == ngram["pattern"]) found = other["count"].get<std::uint64_t>();
    }
    const auto count = ngram["count"].get<std::uint64_t>();
    EXPECT_LE(found, count);
    EXPECT_GE(found + undercount, count);
  }
}

TEST(DistinctSequences, AreEstimatedWithinTheirError) {
  DistinctSequences exact;
  DistinctSequences sample({.bytes = 1 << 14, .approximate = true});
  DistinctSequences other = sample;
  for (std::uint32_t i = 0; i < 40000; ++i) {
    const std::uint32_t sequence[] = {i % 30000, 5};
    exact.add(sequence);
    (i % 3 == 0 ? sample : other).add(sequence);
  }
  sample.merge(other);
  EXPECT_EQ(value_of(exact.count()).value, 30000U);
  EXPECT_EQ(value_of(exact.count()).relative_error, 0);
  const auto [estimate, relative_error] = value_of(sample.count());
  EXPECT_GT(relative_error, 0);
  EXPECT_LT(relative_error, 0.08);
  EXPECT_NEAR(static_cast<double>(estimate), 30000, 4 * 30000 * relative_error);
}

#ifndef __EMSCRIPTEN__

TEST(SortedRuns, AreVisitedTogetherInOrder) {
  SortedRuns runs(2);
  ASSERT_TRUE(runs.append(std::vector<std::uint32_t>{1, 5, 7, 0, 7, 0}));
  SortedRuns others(2);
  std::vector<std::uint32_t> many;
  for (std::uint32_t i = 0; i < 10000; ++i) many.insert(many.end(), {2, i});
  ASSERT_TRUE(others.append(many));
  runs.merge(others);
  std::vector<std::uint32_t> visited;
  ASSERT_TRUE(runs.visit(std::vector<std::uint32_t>{0, 9, 7, 1},
                         [&](std::span<const std::uint32_t> record) {
                           visited.insert(visited.end(), record.begin(), record.end());
                         }));
  std::vector<std::uint32_t> expected{0, 9, 1, 5};
  expected.insert(expected.end(), many.begin(), many.end());
  expected.insert(expected.end(), {7, 0, 7, 0, 7, 1});
  EXPECT_TRUE(visited == expected);
}

#endif

}  // namespace
}  // namespace synthgen
