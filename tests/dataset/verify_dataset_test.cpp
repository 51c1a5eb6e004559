#include "synthgen/dataset/check/verify_dataset.hpp"

#include "synthgen/dataset/curriculum/write_curriculum.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/write/write_shards.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::generator_of;
using testing::value_of;

constexpr const char* verified_config =
    R"({"generator": "pattern", "vocab_size": 60, "seq_length": 40, "length_variation": 0.3,
        "num_train": 500, "num_val": 30})";

class VerifyDataset : public ::testing::Test {
 protected:
  void write(const FormatOptions& format = {}) const {
    value_of(write_dataset(generator_of(verified_config),
                           {.output_dir = directory.path(), .format = format}));
  }

  VerifyReport verify(const VerifyOptions& options = {}) const {
    return value_of(verify_dataset(directory.path(), options));
  }

  /// Changes a manifest's records and signs it again, as no accident does.
  void forge(const std::function<void(Manifest&)>& change) const {
    Manifest manifest =
        value_of(parse_manifest(bytes_of(directory.file("metadata.json")), "metadata.json"));
    change(manifest);
    directory.with("metadata.json", manifest_text(manifest));
  }

  testing::TemporaryDirectory directory;
};

TEST_F(VerifyDataset, PassesWhatWasWrittenAndTellsHowMuchItMadeAnew) {
  write({.with_latents = true});
  const VerifyReport sample = verify();
  EXPECT_TRUE(sample.passed());
  ASSERT_EQ(sample.files.size(), 2U);
  EXPECT_EQ(sample.files[0].sequences, 500U);
  EXPECT_GE(sample.files[0].regenerated, 64U);
  const VerifyReport full = verify({.full = true, .threads = 3});
  EXPECT_TRUE(full.passed());
  EXPECT_EQ(full.files[0].regenerated, 500U);
  EXPECT_EQ(to_json(full)["passed"], true);
}

TEST_F(VerifyDataset, AFlippedByteIsNamedWithItsLineAndSequence) {
  write();
  const std::string train = bytes_of(directory.file("train.jsonl"));
  for (std::size_t place = 0; place < train.size(); place += 9973) {
    std::string changed = train;
    changed[place] ^= 1;
    directory.with("train.jsonl", changed);
    const VerifyReport report = verify();
    ASSERT_EQ(report.faults.size(), 1U) << place;
    const VerifyFault& fault = report.faults[0];
    const auto line = static_cast<std::uint64_t>(
        std::count(train.begin(), train.begin() + static_cast<long>(place), '\n'));
    EXPECT_EQ(fault.file, "train.jsonl");
    EXPECT_EQ(fault.byte, place);
    EXPECT_EQ(fault.line, line + 1);
    EXPECT_EQ(fault.sequence, line);
  }
}

TEST_F(VerifyDataset, WhatIsCutShortAddedOrMissingIsNamed) {
  write();
  const std::string train = bytes_of(directory.file("train.jsonl"));
  directory.with("train.jsonl", train.substr(0, 1000));
  EXPECT_EQ(verify().faults[0].byte, 1000U);
  directory.with("train.jsonl", train + "x");
  EXPECT_EQ(verify().faults[0].byte, train.size());
  std::filesystem::remove(directory.file("train.jsonl"));
  EXPECT_EQ(verify().faults[0].text(), "train.jsonl: is missing");
}

TEST_F(VerifyDataset, AManifestsFlippedByteIsFound) {
  write();
  std::string text = bytes_of(directory.file("metadata.json"));
  text[text.find("\"seed\": 42") + 8] = '5';
  directory.with("metadata.json", text);
  const VerifyReport report = verify();
  ASSERT_EQ(report.faults.size(), 1U);
  EXPECT_EQ(report.faults[0].text(),
            "metadata.json: was changed: its checksum does not match; its files were not checked");
}

TEST_F(VerifyDataset, CountsThatTheFilesDoNotHaveAreNamed) {
  write();
  forge([](Manifest& manifest) { manifest.files[1].tokens += 1; });
  const VerifyReport report = verify();
  ASSERT_EQ(report.faults.size(), 1U);
  EXPECT_EQ(report.faults[0].file, "val.jsonl");
  EXPECT_NE(report.faults[0].message.find("holds 30 sequences of "), std::string::npos);
}

TEST_F(VerifyDataset, FilesOfAnotherConfigAreFoundInTheSample) {
  write();
  forge([](Manifest& manifest) {
    manifest.head = manifest_head(generator_of(verified_config, {{"seed", 43}}), {});
  });
  const VerifyReport report = verify();
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.faults[0].message, "is not the sequence that the config generates");
  EXPECT_EQ(report.faults[0].sequence, 0U);
}

TEST_F(VerifyDataset, TakesShardsBeforeAndAfterTheirMerge) {
  value_of(
      write_shards(generator_of(verified_config), {.output_dir = directory.path()}, {0, 2, 3}));
  EXPECT_EQ(verify({.full = true}).files.size(), 6U);
  std::string bytes = bytes_of(directory.file("train-00001-of-00003.jsonl"));
  bytes[20] ^= 1;
  directory.with("train-00001-of-00003.jsonl", bytes);
  const VerifyReport report = verify();
  ASSERT_EQ(report.faults.size(), 1U);
  EXPECT_EQ(report.faults[0].file, "train-00001-of-00003.jsonl");
  EXPECT_EQ(report.faults[0].byte, 20U);
  EXPECT_EQ(report.faults[0].line, 1U);
  EXPECT_EQ(report.faults[0].sequence, 166U);
}

TEST_F(VerifyDataset, AStageOfACurriculumIsCheckedAndWhatCouldNotBeIsSaid) {
  write();
  EXPECT_TRUE(verify().not_checked.empty());
  const std::string stages = directory.file("stages");
  value_of(write_curriculum(directory.file("train.jsonl"), {{"all", {0, 1}, 30}},
                            {.output_dir = stages}));
  const auto verified = [&] { return value_of(verify_dataset(stages + "/all")); };
  const VerifyReport report = verified();
  EXPECT_TRUE(report.passed());
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(report.files[0].sequences, 500U);
  EXPECT_EQ(report.files[0].regenerated, 0U);
  const std::vector<std::string> expected{
      "metadata.json: this dataset was not generated from a config, so no sequence was "
      "regenerated"};
  EXPECT_EQ(report.not_checked, expected);
  EXPECT_EQ(to_json(report)["not_checked"], Json(expected));

  const std::string manifest = bytes_of(stages + "/all/metadata.json");
  Manifest forged = *value_of(parse_metadata(manifest, "m"));
  forged.files[0].tokens += 1;
  directory.with("stages/all/metadata.json", manifest_text(forged));
  ASSERT_EQ(verified().faults.size(), 1U);
  EXPECT_NE(verified().faults[0].message.find("holds 500 sequences of "), std::string::npos);

  directory.with("stages/all/metadata.json", manifest);
  std::string bytes = bytes_of(stages + "/all/train.jsonl");
  bytes[30] ^= 1;
  directory.with("stages/all/train.jsonl", bytes);
  ASSERT_EQ(verified().faults.size(), 1U);
  EXPECT_EQ(verified().faults[0].text().rfind("train.jsonl: has the checksum ", 0), 0U);
  directory.with("stages/all/train.jsonl", bytes + "\n");
  EXPECT_EQ(verified().faults[0].text().rfind("train.jsonl: has ", 0), 0U);
  EXPECT_EQ(verified().not_checked, expected);
}

TEST_F(VerifyDataset, AMetadataJsonOfAnotherProgramIsRefused) {
  const std::string path =
      directory.with("metadata.json", manifest_text({.head = {{"program", "other"}}}));
  const auto report = verify_dataset(directory.path());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::usage);
  EXPECT_EQ(report.error().message, path + ": is not the manifest of a dataset");
}

TEST_F(VerifyDataset, WithoutAManifestThereIsNothingToVerify) {
  const auto report = verify_dataset(directory.path());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::io);
  EXPECT_EQ(report.error().message, directory.path() + ": has no metadata.json");
}

TEST_F(VerifyDataset, StopsWhenTold) {
  write();
  const auto report =
      verify_dataset(directory.path(), {}, [](std::uint64_t, std::uint64_t) { return false; });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace synthgen
