#include "synthgen/dataset/curriculum/write_curriculum.hpp"

#include "synthgen/dataset/check/validate.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/io/whole_file.hpp"

#include <filesystem>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::value_of;

class WriteCurriculum : public ::testing::Test {
 protected:
  WriteCurriculum() {
    EXPECT_TRUE(testing::generator_of(R"({"generator": "pattern", "vocab_size": 60,
                                          "seq_length": 40, "length_variation": 0.5,
                                          "pattern_probability": 0.5})")
                    .generate(Split::train, 0, 200, batch, true));
    std::string text;
    append_jsonl(batch, text);
    source = directory.with("val.jsonl", text);
    options.output_dir = directory.file("out");
  }
  std::string stage_file(const std::string& stage, const std::string& file) const {
    return options.output_dir + '/' + stage + '/' + file;
  }

  testing::TemporaryDirectory directory;
  SequenceBatch batch;
  std::string source;
  CurriculumOptions options;
  std::vector<Stage> stages{{"easy", {0, 0.4}, 20}, {"hard", {0.3, 1}, 1000}};
};

TEST_F(WriteCurriculum, WritesWhatTheFunctionsInMemoryGive) {
  for (const auto measure : {ComplexityMeasure::entropy, ComplexityMeasure::lz}) {
    for (const auto scale : {ComplexityScale::quantile, ComplexityScale::raw}) {
      options.complexity = {measure, scale, std::nullopt};
      options.overwrite = true;
      const CurriculumSummary summary = value_of(write_curriculum(source, stages, options));
      const std::vector<StageData> data = create_curriculum_data(batch, stages, options.complexity);
      EXPECT_EQ(summary.num_sequences, batch.size());
      for (std::size_t i = 0; i < stages.size(); ++i) {
        const SequenceBatch written =
            value_of(load_synthetic_data(stage_file(stages[i].name, "val.jsonl")));
        EXPECT_EQ(written.tokens, data[i].sequences.tokens);
        EXPECT_EQ(written.offsets, data[i].sequences.offsets);
        EXPECT_EQ(written.latents, data[i].sequences.latents);
        EXPECT_EQ(summary.stages[i].file.sequences, written.size());
        EXPECT_EQ(summary.stages[i].file.tokens, written.tokens.size());
      }
    }
  }
}

TEST_F(WriteCurriculum, LabelsAreHandedOn) {
  std::string text;
  append_jsonl(testing::labelled_batch(9, 60), text);
  source = directory.with("val.jsonl", text);
  value_of(write_curriculum(source, {{"all", {0, 1}, 1000}}, options));
  EXPECT_EQ(value_of(load_synthetic_data(stage_file("all", "val.jsonl"))).labels,
            value_of(load_synthetic_data(source)).labels);
  EXPECT_EQ(Json::parse(bytes_of(stage_file("all", "metadata.json")))["labels"], true);
}

TEST_F(WriteCurriculum, ManifestsSayWhatStagesWereMadeOf) {
  const CurriculumSummary summary = value_of(write_curriculum(source, stages, options));
  const Json manifest = Json::parse(bytes_of(stage_file("easy", "metadata.json")));
  EXPECT_EQ(manifest["program"], "synthgen");
  EXPECT_EQ(manifest["latents"], true);
  const Json& curriculum = manifest["curriculum"];
  EXPECT_EQ(curriculum["stage"], "easy");
  EXPECT_EQ(curriculum["max_complexity"], 0.4);
  EXPECT_EQ(curriculum["max_length"], 20);
  EXPECT_EQ(curriculum["complexity"], "entropy");
  EXPECT_EQ(curriculum["complexity_scale"], "quantile");
  EXPECT_EQ(curriculum["vocab_size"], 60) << "the largest id is 59";
  EXPECT_EQ(curriculum["source"]["file"], "val.jsonl");
  EXPECT_EQ(curriculum["source"]["sequences"], 200);
  EXPECT_EQ(curriculum["source"]["xxh128"], value_of(digest_of_file(source)).checksum);
  EXPECT_EQ(manifest["files"], Json::array({to_json(summary.stages[0].file)}));
  for (const Stage& stage : stages) {
    EXPECT_EQ(manifest_damage(bytes_of(stage_file(stage.name, "metadata.json"))), "");
  }
}

TEST_F(WriteCurriculum, ItsDatasetsPassValidation) {
  ASSERT_TRUE(write_curriculum(source, stages, options));
  for (const Stage& stage : stages) {
    const DatasetListing listing = value_of(list_dataset(options.output_dir + '/' + stage.name));
    ASSERT_EQ(listing.files.size(), 1U);
    ASSERT_TRUE(listing.files[0].record);
    Validator validator = value_of(Validator::create());
    ASSERT_TRUE(validator.add_file(listing.files[0]));
    EXPECT_TRUE(value_of(validator.report()).passed());
  }
}

TEST_F(WriteCurriculum, AnEmptyStageIsAnEmptyDataset) {
  stages.push_back({"none", {0.5, 0.5}, 8});
  options.complexity.scale = ComplexityScale::raw;
  stages.back().range = {0, 0};
  const CurriculumSummary summary = value_of(write_curriculum(source, stages, options));
  EXPECT_EQ(summary.stages[2].file.sequences, 0U);
  EXPECT_EQ(bytes_of(stage_file("none", "val.jsonl")), "");
  EXPECT_EQ(to_json(summary)["stages"][2]["least_complexity"], nullptr);
}

TEST_F(WriteCurriculum, ReplacesADatasetOnlyWhenAskedTo) {
  ASSERT_TRUE(write_curriculum(source, stages, options));
  const auto again = write_curriculum(source, stages, options);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::usage);
  EXPECT_EQ(
      again.error().message.rfind(stage_file("easy", "metadata.json") + ": exists already", 0), 0U);
  options.overwrite = true;
  directory.with("out/easy/train.jsonl", "[1]\n");
  ASSERT_TRUE(write_curriculum(source, stages, options));
  EXPECT_FALSE(std::filesystem::exists(stage_file("easy", "train.jsonl"))) << "of the old dataset";
}

TEST_F(WriteCurriculum, WhatIsReadIsNeverReplaced) {
  options.overwrite = true;
  std::filesystem::create_directories(directory.file("out/hard"));
  const std::string inside = directory.with("out/hard/val.jsonl", bytes_of(source));
  const auto refused = [&](const std::string& read, const std::string& output) {
    const auto written = write_curriculum(read, stages, options);
    EXPECT_EQ(written.error().kind, ErrorKind::usage);
    EXPECT_EQ(written.error().message,
              output + ": is a file that is read; give another --output-dir");
    EXPECT_EQ(bytes_of(inside), bytes_of(source));
    EXPECT_EQ(directory.names(), (std::vector<std::string>{"out", "val.jsonl"}));
    EXPECT_FALSE(std::filesystem::exists(directory.file("out/easy")));
  };
  refused(directory.file("out/../out/hard/val.jsonl"), inside);
  const std::string document = directory.with("out/hard/metadata.json", "{}");
  options.also_read = {document};
  refused(source, document);
}

TEST_F(WriteCurriculum, AFaultOrAStopLeavesNothing) {
  const std::string bad = directory.with("bad.jsonl", "[1,2]\n[3]\nx\n");
  const auto faulty = write_curriculum(bad, stages, options);
  ASSERT_FALSE(faulty);
  EXPECT_EQ(faulty.error().kind, ErrorKind::data);
  EXPECT_EQ(faulty.error().message.rfind(bad + ":3: not JSON", 0), 0U) << faulty.error().message;
  EXPECT_FALSE(std::filesystem::exists(options.output_dir));

  int calls = 0;
  const auto stopped = write_curriculum(source, stages, options,
                                        [&](std::uint64_t, std::uint64_t) { return ++calls < 3; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(calls, 3) << "vocabulary, order, output";
  EXPECT_FALSE(std::filesystem::exists(options.output_dir));
  EXPECT_EQ(directory.names(), (std::vector<std::string>{"bad.jsonl", "val.jsonl"}));
}

TEST_F(WriteCurriculum, ABrokenManifestBesideTheFileIsToldAndDoesNotStopIt) {
  EXPECT_TRUE(value_of(write_curriculum(source, stages, options)).manifest_faults.empty());
  const std::string manifest = directory.with("metadata.json", "{");
  options.overwrite = true;
  const CurriculumSummary summary = value_of(write_curriculum(source, stages, options));
  EXPECT_EQ(summary.complexity.vocab_size, 60) << "the largest id is 59";
  ASSERT_EQ(summary.manifest_faults.size(), 1U);
  EXPECT_EQ(summary.manifest_faults[0].text().rfind(manifest + ":1: column 2: not JSON", 0), 0U);
}

TEST_F(WriteCurriculum, TakesTheVocabularyFromTheManifestBesideTheFile) {
  directory.with(
      "metadata.json",
      manifest_text({.head = manifest_head(testing::generator_of(R"({"vocab_size": 900})"), {})}));
  EXPECT_EQ(value_of(write_curriculum(source, stages, options)).complexity.vocab_size, 900);
  options.overwrite = true;
  options.complexity.vocab_size = 70;
  EXPECT_EQ(value_of(write_curriculum(source, stages, options)).complexity.vocab_size, 70);
  const std::string stage = stage_file("hard", "val.jsonl");
  const CurriculumSummary again =
      value_of(write_curriculum(stage, stages, {.output_dir = directory.file("again")}));
  EXPECT_EQ(again.complexity.vocab_size, 70) << "of the stage's manifest";
}

}  // namespace
}  // namespace synthgen
