// Recall as its reference makes it leaks which pair a query asks for through the order of the
// queries; the floor knows the answers.

#include "synthgen/analyze/shortcuts/contest.hpp"
#include "synthgen/score/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/real_files.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

constexpr std::string_view mqar = R"({
  "generator": "recall", "recall_layout": "mqar", "vocab_size": 8192, "seq_length": 64,
  "num_kv_pairs": 4, "power_a": 0.01, "random_non_queries": false})";

SequenceSample recall_sample(const Generator& generator, Split split, std::uint64_t count) {
  SequenceBatch batch;
  value_of(generator.generate(split, 0, count, batch));
  SequenceSample sample;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    sample.add(SequenceSample::hash_of(batch.content(i), content_labels(batch, i)), batch, i);
  }
  return sample;
}

/// What shortcuts reach on val after 6000 sequences of train.
ContestResult recall_contest(const Json& changes) {
  const Generator generator = generator_of(mqar, changes);
  return hold_contest(recall_sample(generator, Split::train, 6000),
                      recall_sample(generator, Split::val, 6000), 8192);
}

const ShortcutScore& named(const ContestResult& result, std::string_view name) {
  const auto found =
      std::find_if(result.scores.begin(), result.scores.end(),
                   [&](const ShortcutScore& score) { return score.entry->name == name; });
  if (found == result.scores.end()) throw std::runtime_error("no such shortcut");
  return *found;
}

TEST(RecallShortcuts, TheRankOfAQueryOfTheReferenceSaysWhichPairItAsksFor) {
  const ContestResult result = recall_contest(Json::object());
  EXPECT_TRUE(result.about_labels);
  EXPECT_EQ(result.questions, 4 * 6000);
  EXPECT_TRUE(named(result, "query_rank").finds_something());
  EXPECT_NEAR(named(result, "query_rank").accuracy, 0.2888, 0.01);
  EXPECT_NEAR(named(result, "context_slot").accuracy, 0.250, 0.01);
  EXPECT_NEAR(named(result, "context_slot").bits, 2, 0.01);
  EXPECT_DOUBLE_EQ(named(result, "last_value").accuracy, 1);
}

TEST(RecallShortcuts, ShuffledQueriesHaveNoRankThatSaysAnything) {
  const ContestResult result = recall_contest({{"shuffle_queries", true}});
  EXPECT_FALSE(named(result, "query_rank").finds_something());
  EXPECT_NEAR(named(result, "query_rank").accuracy, 0.250, 0.01);
  EXPECT_DOUBLE_EQ(named(result, "last_value").accuracy, 1);
}

TEST(RecallFloor, LabelsAreScoredAtTheirPositionsByTheirKind) {
  constexpr std::uint64_t count = 50;
  const Generator generator = generator_of(mqar, Json::object());
  SequenceBatch batch;
  value_of(generator.generate(Split::val, 0, count, batch));
  const testing::TemporaryDirectory directory;
  std::string text;
  std::vector<double> losses;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    text += to_text(Json(std::vector<std::uint32_t>(batch[i].begin(), batch[i].end()))) + '\n';
    for (const std::int64_t label : batch.labels_of(i)) {
      losses.push_back(label == ignored_label ? std::nan("") : 0.5);
    }
  }
  const EvaluatedData data{Split::val, 0, count, {directory.with("val.jsonl", text)}};
  const auto with_width = [&](std::uint64_t width) {
    EvaluateOptions options;
    losses.resize(static_cast<std::size_t>(count * width), 1);
    options.model.path = directory.with("losses.npy", testing::npy_file({count, width}, losses));
    return evaluate(generator, data, options);
  };
  const Evaluation evaluation = value_of(with_width(64));
  EXPECT_EQ(evaluation.target, ScoreTarget::labels);
  EXPECT_EQ(evaluation.excess.targets(), 4 * count);
  const Json report = to_json(evaluation);
  EXPECT_NEAR(report["floor"].get<double>(), 0, 1e-9);
  EXPECT_NEAR(report["excess"]["mean"].get<double>(), 0.5, 1e-9);
  ASSERT_EQ(report["by_kind"].size(), 1);
  EXPECT_EQ(report["by_kind"][0]["kind"], "query");
  const Result<Evaluation> narrow = with_width(63);
  ASSERT_FALSE(narrow.has_value());
  EXPECT_TRUE(narrow.error().message.ends_with("losses.npy: is 50 x 63; allowed: 50 x 64"))
      << narrow.error().message;
}

}  // namespace
}  // namespace synthgen
