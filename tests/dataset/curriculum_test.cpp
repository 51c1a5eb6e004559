#include "synthgen/dataset/curriculum/curriculum.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::sequences_of;
using testing::Tokens;
using testing::value_of;
using Sequences = std::vector<Tokens>;

/// Three stages that overlap.
constexpr std::string_view three_stages = R"({
  "stage1": {"min_complexity": 0.0, "max_complexity": 0.3, "max_length": 128},
  "stage2": {"min_complexity": 0.2, "max_complexity": 0.6, "max_length": 256},
  "stage3": {"min_complexity": 0.5, "max_complexity": 1.0, "max_length": 512}})";

TEST(Stages, AreReadInTheirOrderKeyForKey) {
  const std::vector<Stage> stages = value_of(parse_stages(three_stages, "stages.json"));
  ASSERT_EQ(stages.size(), 3U);
  EXPECT_EQ(stages[0].name, "stage1");
  EXPECT_EQ(stages[1].name, "stage2");
  EXPECT_EQ(stages[1].range.minimum, 0.2);
  EXPECT_EQ(stages[1].range.maximum, 0.6);
  EXPECT_EQ(stages[1].max_length, 256U);
}

std::string complaint(std::string_view text) {
  const auto stages = parse_stages(text, "s.json");
  EXPECT_FALSE(stages) << text;
  if (stages) return {};
  EXPECT_EQ(stages.error().kind, ErrorKind::usage);
  return stages.error().message;
}

/// What is said of a stage with these bounds and length.
std::string stage_complaint(std::string_view minimum, std::string_view maximum,
                            std::string_view length) {
  std::string text = R"({"a": {"min_complexity": )";
  text.append(minimum).append(R"(, "max_complexity": )").append(maximum);
  return complaint(text.append(R"(, "max_length": )").append(length).append("}}"));
}

TEST(Stages, EveryMistakeIsNamedWithFileStageAndKey) {
  EXPECT_EQ(complaint(R"({"easy": {"min_complexity": "low", "max_complexity": 1.5, "max_lenght": 4},
                          "../hard": 3})"),
            "s.json: easy.min_complexity: got \"low\"; allowed: a number from 0 to 1\n"
            "s.json: easy.max_complexity: got 1.5; allowed: a number from 0 to 1\n"
            "s.json: easy.max_length: is missing; allowed: an integer from 1 up\n"
            "s.json: easy.max_lenght: is not a known key; did you mean max_length?\n"
            "s.json: \"../hard\": is not a name for a directory; allowed: letters, digits, '_', "
            "'-' and '.', not first '-' or '.', at most 100\n"
            "s.json: ../hard: got 3; allowed: an object");
  EXPECT_EQ(stage_complaint("0.6", "0.5", "1"),
            "s.json: a.min_complexity: got 0.6; allowed: at most max_complexity, 0.5");
  EXPECT_EQ(stage_complaint("-0.1", "0.5", "1"),
            "s.json: a.min_complexity: got -0.1; allowed: a number from 0 to 1");
  for (const char* length : {"0", "-3", "2.5", "\"many\"", "null"}) {
    EXPECT_EQ(stage_complaint("0", "1", length), std::string("s.json: a.max_length: got ") +
                                                     length + "; allowed: an integer from 1 up");
  }
  for (const char* text : {"{}", "[]", "7", "null"}) {
    EXPECT_NE(complaint(text).find("allowed: an object of stages"), std::string::npos);
  }
  EXPECT_EQ(complaint("{}").rfind("s.json: stages: got {}; allowed: an object of stages", 0), 0U);
  EXPECT_EQ(complaint("7").rfind("s.json: stages: got 7; allowed: an object of stages", 0), 0U);
  EXPECT_EQ(complaint("{").rfind("s.json:1:2: not JSON: ", 0), 0U);
}

TEST(Stages, AreAtMostAThousand) {
  Json stages = Json::object();
  const auto add = [&] {
    stages["s" + std::to_string(stages.size())] = {
        {"min_complexity", 0}, {"max_complexity", 1}, {"max_length", 1}};
  };
  while (stages.size() < 1000) add();
  EXPECT_EQ(value_of(read_stages(stages)).size(), 1000U);
  add();
  EXPECT_EQ(complaint(stages.dump()),
            "s.json: stages: got 1001 stages; allowed: at most 1000 of them");
}

TEST(Stages, NamesMustBeNamesOfDirectories) {
  const auto with_name = [](const std::string& name) {
    Json stages = Json::object();
    stages[name] = {{"min_complexity", 0}, {"max_complexity", 1}, {"max_length", 1}};
    return read_stages(stages);
  };
  for (const char* name : {"a", "stage_1.0-b", "7"}) EXPECT_TRUE(with_name(name)) << name;
  for (const std::string name :
       {"", ".", "..", ".a", "-a", "a/b", "/a", "a b", "a\n", "\xC3\xA4"}) {
    EXPECT_FALSE(with_name(name)) << name;
  }
  EXPECT_FALSE(with_name(std::string(101, 'a')));
}

TEST(ComplexityOptions, AreReadByTheirNames) {
  const auto options = value_of(read_complexity_options(
      {{"complexity", "lz"}, {"complexity_scale", "raw"}, {"vocab_size", 7}}));
  EXPECT_EQ(options.measure, ComplexityMeasure::lz);
  EXPECT_EQ(options.scale, ComplexityScale::raw);
  EXPECT_EQ(options.vocab_size, 7);
  EXPECT_EQ(value_of(read_complexity_options(Json())).scale, ComplexityScale::quantile);
  const auto wrong = read_complexity_options(
      {{"complexity", "gzip"}, {"complexity_scale", 3}, {"vocab_size", 0}, {"size", 1}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message,
            "complexity: got \"gzip\"; allowed: one of entropy, lz\n"
            "complexity_scale: got 3; allowed: one of quantile, raw\n"
            "vocab_size: got 0; allowed: an integer from 1 up\n"
            "size: is not a known key; known: complexity, complexity_scale, vocab_size");
}

/// Of four tokens each; complexities 0, 0.5 and 1 with many ids.
const SequenceBatch graded = batch_of({{5, 6, 7, 8}, {1, 1, 1, 1}, {1, 1, 2, 2}, {3, 3, 4, 4}});

TEST(FilterByComplexity, KeepsTheRangeInItsOrder) {
  const ComplexityOptions raw{.scale = ComplexityScale::raw};
  EXPECT_EQ(sequences_of(value_of(filter_by_complexity(graded, 0, 0.5, raw))),
            (Sequences{{1, 1, 1, 1}, {1, 1, 2, 2}, {3, 3, 4, 4}}));
  EXPECT_EQ(sequences_of(value_of(filter_by_complexity(graded, 0.9, 1, raw))),
            (Sequences{{5, 6, 7, 8}}));
  EXPECT_EQ(sequences_of(value_of(filter_by_complexity(graded, 0.5, 1))),
            (Sequences{{5, 6, 7, 8}, {3, 3, 4, 4}}))
      << "ranks 2 and 3 of 0 to 3";
  EXPECT_EQ(value_of(filter_by_complexity(SequenceBatch(), 0, 1)).size(), 0U);
}

TEST(FilterByComplexity, RefusesBoundsThatAreNotAllowed) {
  EXPECT_FALSE(filter_by_complexity(graded, 0.5, 0.4));
  EXPECT_FALSE(filter_by_complexity(graded, -1, 0.4));
  EXPECT_FALSE(filter_by_complexity(graded, 0, 2));
}

TEST(FilterByComplexity, MeasuresWithTheVocabularyThatIsGiven) {
  const SequenceBatch batch = batch_of({{0, 0, 1, 1}});
  const auto kept = [&](ComplexityOptions options) {
    options.scale = ComplexityScale::raw;
    return value_of(filter_by_complexity(batch, 1, 1, options)).size();
  };
  EXPECT_EQ(kept({}), 1U) << "its ids are 0 and 1";
  EXPECT_EQ(kept({.vocab_size = 4}), 0U);
}

TEST(AdjustSequenceLengths, CutsWhatIsTooLong) {
  EXPECT_EQ(sequences_of(adjust_sequence_lengths(batch_of({{1, 2, 3}, {4}, {}, {5, 6}}), 2)),
            (Sequences{{1, 2}, {4}, {}, {5, 6}}));
}

TEST(AdjustSequenceLengths, CutsPaddingFirst) {
  SequenceBatch batch = batch_of({{1, 2, 0, 0}, {1, 0, 0, 0}});
  batch.padding = {2, 3};
  const SequenceBatch cut = adjust_sequence_lengths(batch, 2);
  EXPECT_EQ(sequences_of(cut), (Sequences{{1, 2}, {1, 0}}));
  EXPECT_EQ(cut.padding_of(0), 0U);
  EXPECT_EQ(cut.padding_of(1), 1U);
}

TEST(AdjustSequenceLengths, CutsLatentsWithTheTokens) {
  SequenceBatch batch = batch_of({{1, 2, 3, 4, 5, 6}, {9}});
  Latents latents;
  latents.spans = {{.start = 0, .length = 2, .kind = SpanKind::fresh, .full_length = 2},
                   {.start = 2, .length = 3, .kind = SpanKind::progression, .full_length = 3},
                   {.start = 5, .length = 1, .kind = SpanKind::fresh, .full_length = 1}};
  latents.noise = {1, 4};
  latents.theme = 3;
  latents.oracle_bits = 20;
  Latents whole;
  whole.oracle_bits = 1;
  batch.latents = {latents, whole};
  const SequenceBatch cut = adjust_sequence_lengths(batch, 4);
  Latents expected;
  expected.spans = {latents.spans[0],
                    {.start = 2, .length = 2, .kind = SpanKind::progression, .full_length = 3}};
  expected.noise = {1};
  expected.theme = 3;
  EXPECT_EQ(cut.latents, (std::vector<Latents>{expected, whole}));
}

TEST(AdjustSequenceLengths, CutsLabelsWithTheTokens) {
  const SequenceBatch batch = testing::labelled_batch(3, 40);
  const SequenceBatch cut = adjust_sequence_lengths(batch, 5);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto all = batch.labels_of(i);
    const auto kept = cut.labels_of(i);
    EXPECT_EQ(kept.size(), std::min<std::size_t>(5, all.size()));
    EXPECT_TRUE(std::equal(kept.begin(), kept.end(), all.begin()));
  }
}

TEST(CreateCurriculumData, FollowsEachStagesRangeAndLength) {
  SequenceBatch batch;
  ASSERT_TRUE(testing::generator_of(R"({"generator": "pattern", "vocab_size": 50,
                                        "seq_length": 200, "length_variation": 0.5})")
                  .generate(Split::train, 0, 101, batch));
  const std::vector<Stage> stages = value_of(parse_stages(three_stages, "stages.json"));
  const std::vector<StageData> data = create_curriculum_data(batch, stages);
  ASSERT_EQ(data.size(), 3U);
  // Quantiles are 0, 0.01, …, 1.
  EXPECT_EQ(data[0].sequences.size(), 31U);
  EXPECT_EQ(data[1].sequences.size(), 41U);
  EXPECT_EQ(data[2].sequences.size(), 51U);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    EXPECT_EQ(data[i].name, stages[i].name);
    const SequenceBatch by_steps = adjust_sequence_lengths(
        value_of(filter_by_complexity(batch, stages[i].range.minimum, stages[i].range.maximum)),
        stages[i].max_length);
    EXPECT_EQ(sequences_of(data[i].sequences), sequences_of(by_steps));
  }
}

}  // namespace
}  // namespace synthgen
