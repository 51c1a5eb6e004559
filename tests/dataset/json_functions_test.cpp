#include "synthgen/dataset/functions/json_functions.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/generate/functions.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::value_of;

const Json one_stage = {{"all", {{"min_complexity", 0}, {"max_complexity", 1}, {"max_length", 2}}}};

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "" : result.error().message;
}

TEST(JsonFunctions, ReportsAreThoseOfTheClasses) {
  const SequenceBatch batch = batch_of({{1, 2, 3}, {4, 4}, {9, 1}});
  EXPECT_EQ(value_of(analysis_report(batch, Json::object())), analyze_sequences(batch));
  const Json faults = value_of(validation_report(batch, {{"vocab_size", 9}}));
  ASSERT_EQ(faults["faults"].size(), 1U);
  EXPECT_EQ(faults["faults"][0]["kind"], "id_too_large");
  const Json of_lines = value_of(validation_report_of_lines("[1]\n[-1]\n", Json::object()));
  EXPECT_EQ(of_lines["faults"][0]["kind"], "negative_id");
  const auto made = value_of(curriculum_stages(batch, one_stage, Json::object()));
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].name, "all");
  EXPECT_EQ(testing::sequences_of(made[0].sequences),
            (std::vector<testing::Tokens>{{1, 2}, {4, 4}, {9, 1}}));
}

TEST(JsonFunctions, AnAnalysisKnowsTheVocabularyFromItsOptions) {
  const SequenceBatch batch = batch_of({{1, 2, 3}, {4, 4}, {9, 1}});
  const Json lz = {{"measures", {"lz_complexity"}}};
  const Json unknown = value_of(analysis_report(batch, lz));
  EXPECT_FALSE(unknown.contains("vocab_size"));
  EXPECT_DOUBLE_EQ(unknown["lz_complexity"], 2.0 / 3);  // {4, 4} has an alphabet of one id
  Json options = lz;
  options["vocab_size"] = 50;
  const Json known = value_of(analysis_report(batch, options));
  EXPECT_EQ(known["vocab_size"], 50);
  EXPECT_DOUBLE_EQ(known["lz_complexity"], 1);
}

TEST(JsonFunctions, NameWhatIsWrongWithTheirOptions) {
  const SequenceBatch batch = batch_of({{1}});
  EXPECT_NE(refusal(analysis_report(batch, {{"vocab_size", 0}})).find("vocab_size: got 0"),
            std::string::npos);
  EXPECT_NE(refusal(analysis_report(batch, {{"topp", 3}})).find("topp"), std::string::npos);
  EXPECT_NE(refusal(validation_report(batch, {{"vocab_size", 0}})).find("vocab_size"),
            std::string::npos);
  EXPECT_NE(refusal(curriculum_stages(batch, {{"a", 3}}, Json::object())).find("a: got 3"),
            std::string::npos);
  EXPECT_NE(
      refusal(curriculum_stages(batch, one_stage, {{"complexity", "x"}})).find("complexity: got"),
      std::string::npos);
}

TEST(JsonFunctions, SequencesOfARequestAreTheGenerators) {
  const Generator generator = testing::generator_of(R"({"vocab_size": 50, "seq_length": 8})");
  SequenceBatch expected;
  value_of(generator.generate(Split::val, 3, 2, expected));
  const Json request = {{"split", "val"}, {"first", 3}, {"count", 2}};
  EXPECT_EQ(value_of(generate_requested(generator, request)).tokens, expected.tokens);
  EXPECT_EQ(refusal(generate_requested(generator, {{"first", -1}})),
            "first: got -1; allowed: an integer from 0 to 9007199254740991\n"
            "count: is missing; allowed: an integer from 0 to 2147483648");
}

TEST(DatasetOptions, AreReadWithThoseOfTheirFormat) {
  const DatasetOptions read = value_of(read_dataset_options(
      {{"output_dir", "data"}, {"threads", 3}, {"resume", true}, {"format", "npy"}}));
  EXPECT_EQ(read.output_dir, "data");
  EXPECT_EQ(read.threads, 3U);
  EXPECT_TRUE(read.resume && !read.overwrite);
  EXPECT_EQ(read.format.format, "npy");
  EXPECT_EQ(refusal(read_dataset_options({{"threads", 0}, {"formt", "npy"}})),
            "output_dir: is missing; allowed: a string\n"
            "threads: got 0; allowed: an integer from 1 to 1024\n"
            "formt: is not a known key; did you mean format?");
  EXPECT_EQ(
      refusal(read_dataset_options({{"output_dir", "d"}, {"latents", true}, {"format", "pt"}})),
      "latents: not with pt; formats that can: jsonl");
}

}  // namespace
}  // namespace synthgen
