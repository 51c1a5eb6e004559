#include "synthgen/dataset/check/merge_shards.hpp"

#include "synthgen/dataset/write/write_shards.hpp"

#include <gtest/gtest.h>
#include <map>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::generator_of;
using testing::value_of;

constexpr const char* uneven_config =
    R"({"generator": "pattern", "vocab_size": 60, "seq_length": 40, "length_variation": 0.3,
        "num_train": 50, "num_val": 3})";

class MergeShards : public ::testing::Test {
 protected:
  /// Writes shards of the config with some keys changed.
  void write(std::uint32_t first, std::uint32_t last, std::uint32_t count,
             const Json& changes = Json::object(), bool analyze = false) const {
    DatasetOptions options{.output_dir = directory.path()};
    if (analyze) options.analysis.emplace();
    value_of(write_shards(generator_of(uneven_config, changes), options, {first, last, count}));
  }

  ShardSurvey survey(std::uint32_t num_shards = 0) const {
    return value_of(survey_shards(directory.path(), num_shards));
  }

  /// The refusal's message; it is a usage error.
  std::string refusal(std::uint32_t num_shards = 0) const {
    const auto refused = survey_shards(directory.path(), num_shards);
    EXPECT_FALSE(refused);
    if (refused) return {};
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    return refused.error().message;
  }

  testing::TemporaryDirectory directory;
};

TEST_F(MergeShards, JoinsFilesToTheWholeAndManifestsToOne) {
  write(0, 3, 4);
  const ShardSurvey found = survey();
  EXPECT_TRUE(found.is_complete());
  const Manifest merged = value_of(merge_shards(directory.path(), found));
  EXPECT_EQ(bytes_of(directory.file("metadata.json")), manifest_text(merged));
  EXPECT_EQ(merged.num_shards, 4U);
  const testing::TemporaryDirectory whole;
  value_of(write_dataset(generator_of(uneven_config), {.output_dir = whole.path()}));
  std::string train;
  std::string val;
  for (const FileRecord& file : merged.files) {
    (file.split == Split::train ? train : val) += bytes_of(directory.file(file.file));
  }
  EXPECT_EQ(train, bytes_of(whole.file("train.jsonl")));
  EXPECT_EQ(val, bytes_of(whole.file("val.jsonl")));
  EXPECT_EQ(merged.files.size(), 7U) << "three sequences of val are in three of four shards";
  EXPECT_FALSE(std::filesystem::exists(directory.file("metadata-00000-of-00004.json")));

  // Once more there is nothing to do, and nothing changes.
  const ShardSurvey again = survey();
  EXPECT_TRUE(again.was_merged && again.is_complete());
  EXPECT_EQ(manifest_text(value_of(merge_shards(directory.path(), again))), manifest_text(merged));
}

TEST_F(MergeShards, TheReportOfThePartsIsThatOfTheWhole) {
  write(2, 3, 4, Json::object(), true);
  write(0, 1, 4, Json::object(), true);
  const Manifest merged = value_of(merge_shards(directory.path(), survey()));
  const testing::TemporaryDirectory whole;
  DatasetOptions options{.output_dir = whole.path()};
  options.analysis.emplace();
  value_of(write_dataset(generator_of(uneven_config), options));
  EXPECT_EQ(bytes_of(directory.file("analysis.json")), bytes_of(whole.file("analysis.json")));
  EXPECT_EQ(merged.analysis->checksum, checksum_of(bytes_of(whole.file("analysis.json"))));
  for (const std::string& name : directory.names()) {
    EXPECT_FALSE(name.ends_with(".state")) << name;
  }
}

TEST_F(MergeShards, NamesWhatIsMissingOrDamaged) {
  write(0, 1, 6);
  write(3, 4, 6);
  EXPECT_EQ(missing_text(survey()), "2,5");
  EXPECT_EQ(missing_text(survey(6)), "2,5");
  EXPECT_EQ(survey().faults.size(), 0U);

  std::string bytes = bytes_of(directory.file("train-00003-of-00006.jsonl"));
  bytes[30] ^= 1;
  directory.with("train-00003-of-00006.jsonl", bytes);
  std::filesystem::remove(directory.file("train-00000-of-00006.jsonl"));
  std::string manifest = bytes_of(directory.file("metadata-00004-of-00006.json"));
  manifest[25] ^= 1;
  directory.with("metadata-00004-of-00006.json", manifest);
  const ShardSurvey found = survey();
  EXPECT_EQ(missing_text(found), "0,2,3,4,5");
  ASSERT_EQ(found.faults.size(), 3U);
  EXPECT_EQ(found.faults[0].text(),
            "metadata-00004-of-00006.json: was changed: its checksum does not match");
  EXPECT_EQ(found.faults[1].text(), "train-00000-of-00006.jsonl: is missing");
  EXPECT_EQ(found.faults[2].text().rfind("train-00003-of-00006.jsonl: has the checksum ", 0), 0U);
}

TEST_F(MergeShards, AllShardsThatReplaceOthersComeTogetherOrNotAtAll) {
  write(0, 2, 3);
  value_of(merge_shards(directory.path(), survey()));
  const auto contents = [&] {
    std::map<std::string, std::string> files;
    for (const std::string& name : directory.names()) {
      if (!name.ends_with(".partial") && !name.ends_with(".journal")) {
        files[name] = bytes_of(directory.file(name));
      }
    }
    return files;
  };
  const std::map<std::string, std::string> old = contents();
  DatasetOptions options{.output_dir = directory.path(), .overwrite = true};
  const Generator other = generator_of(uneven_config, {{"seed", 7}});
  int shards_begun = 0;
  const auto stop_in_the_last = [&](const Progress& progress) {
    if (progress.sequences_done > 40) ++shards_begun;
    return shards_begun == 0;
  };
  EXPECT_FALSE(write_shards(other, options, {0, 2, 3}, stop_in_the_last));
  EXPECT_EQ(shards_begun, 1);
  EXPECT_EQ(contents(), old);

  const DatasetOptions resume{.output_dir = directory.path(), .resume = true};
  EXPECT_GT(value_of(write_shards(other, resume, {0, 2, 3})).sequences_found, 30U);
  const Manifest merged = value_of(merge_shards(directory.path(), survey()));
  EXPECT_EQ(merged.head["seed"], 7);
  EXPECT_EQ(contents().size(), directory.names().size()) << "nothing temporary is left";
}

TEST_F(MergeShards, ShardsOfAnotherNumberAreReplacedWithForceAndRefusedWithout) {
  write(0, 2, 3);
  const DatasetOptions options{.output_dir = directory.path()};
  const auto refused = write_shards(generator_of(uneven_config), options, {0, 1, 2});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("metadata-00000-of-00003.json: exists already"),
            std::string::npos);
  DatasetOptions force = options;
  force.overwrite = true;
  value_of(write_shards(generator_of(uneven_config), force, {0, 1, 2}));
  for (const std::string& name : directory.names()) {
    EXPECT_EQ(name.find("-of-00003"), std::string::npos) << name;
  }
  EXPECT_TRUE(survey().is_complete());
}

TEST_F(MergeShards, ShardsOfDifferentDatasetsAreRefused) {
  write(0, 0, 2);
  write(1, 1, 2, {{"seed", 5}});
  EXPECT_EQ(refusal(), directory.file("metadata-00000-of-00002.json") + " and " +
                           directory.file("metadata-00001-of-00002.json") +
                           " are of different datasets: seed 42 and 5");
}

TEST_F(MergeShards, ShardsOfDifferentNumbersAreRefused) {
  write(0, 0, 2);
  write(1, 1, 3);
  EXPECT_EQ(refusal(),
            directory.file("metadata-00001-of-00003.json") + ": is one of 3 shards, not of 2");
  EXPECT_EQ(refusal(4),
            directory.file("metadata-00000-of-00002.json") + ": is one of 2 shards, not of 4");
}

TEST_F(MergeShards, ADoubledShardIsRefused) {
  write(0, 0, 2);
  directory.with("metadata-00001-of-00002.json",
                 bytes_of(directory.file("metadata-00000-of-00002.json")));
  EXPECT_EQ(refusal(), directory.file("metadata-00001-of-00002.json") +
                           ": is the manifest of shard 0 of 2, which has another one too");
}

TEST_F(MergeShards, AShardWithOtherSequencesThanItsOwnIsNotTaken) {
  write(0, 1, 2);
  Manifest manifest =
      value_of(parse_manifest(bytes_of(directory.file("metadata-00001-of-00002.json")), "m"));
  manifest.files[0].first_sequence = 24;
  directory.with("metadata-00001-of-00002.json", manifest_text(manifest));
  const ShardSurvey found = survey();
  EXPECT_EQ(missing_text(found), "1");
  ASSERT_EQ(found.faults.size(), 1U);
  EXPECT_EQ(found.faults[0].text(),
            "metadata-00001-of-00002.json: should have 25 sequences of train from 25 on");
}

TEST_F(MergeShards, WithoutShardsTheirNumberMustBeGiven) {
  EXPECT_NE(refusal().find("there is no shard in this directory"), std::string::npos);
  EXPECT_EQ(missing_text(survey(3)), "0,1,2");
}

TEST_F(MergeShards, ADatasetThatIsNotInShardsIsRefused) {
  value_of(write_dataset(generator_of(uneven_config), {.output_dir = directory.path()}));
  EXPECT_EQ(refusal(), directory.file("metadata.json") + ": is a dataset that is not in shards");
}

TEST_F(MergeShards, SomeShardsWithoutTheirAnalysisAreRefused) {
  write(0, 0, 2, Json::object(), true);
  write(1, 1, 2);
  EXPECT_NE(refusal().find("1 of 2 shards were written with --analyze"), std::string::npos);
}

TEST_F(MergeShards, AMergeThatWasCutOffIsFinishedByTheNext) {
  write(0, 2, 3, Json::object(), true);
  const testing::TemporaryDirectory before;
  for (const std::string& name : directory.names()) {
    before.with(name, bytes_of(directory.file(name)));
  }
  value_of(merge_shards(directory.path(), survey()));
  const std::string manifest = bytes_of(directory.file("metadata.json"));
  // Some of what the merge removes last is still there.
  for (const char* name : {"metadata-00002-of-00003.json", "analysis-00002-of-00003.state"}) {
    directory.with(name, bytes_of(before.file(name)));
  }
  value_of(merge_shards(directory.path(), survey()));
  EXPECT_EQ(bytes_of(directory.file("metadata.json")), manifest);
  EXPECT_FALSE(std::filesystem::exists(directory.file("metadata-00002-of-00003.json")));
  EXPECT_FALSE(std::filesystem::exists(directory.file("analysis-00002-of-00003.state")));
}

TEST_F(MergeShards, AWholeManifestSettlesWhatALaterRemovalLeft) {
  write(0, 2, 3, Json::object(), true);
  const Manifest merged = value_of(merge_shards(directory.path(), survey()));
  const std::vector<std::string> names = directory.names();
  // As if the merge had been killed after it had removed the partial analyses, and one manifest.
  const testing::TemporaryDirectory copy;
  DatasetOptions options{.output_dir = copy.path()};
  options.analysis.emplace();
  value_of(write_shards(generator_of(uneven_config), options, {0, 2, 3}));
  for (const char* name : {"metadata-00001-of-00003.json", "metadata-00002-of-00003.json"}) {
    directory.with(name, bytes_of(copy.file(name)));
  }
  const ShardSurvey found = survey();
  EXPECT_TRUE(found.is_complete()) << missing_text(found);
  EXPECT_TRUE(found.faults.empty());
  EXPECT_EQ(manifest_text(value_of(merge_shards(directory.path(), found))), manifest_text(merged));
  EXPECT_EQ(directory.names(), names);
}

TEST_F(MergeShards, ADamagedShardIsStillMissingNextToAWholeManifest) {
  write(0, 2, 3);
  const std::string manifest = bytes_of(directory.file("metadata-00001-of-00003.json"));
  value_of(merge_shards(directory.path(), survey()));
  directory.with("metadata-00001-of-00003.json", manifest);
  directory.with("train-00001-of-00003.jsonl", "damaged");
  const ShardSurvey found = survey();
  EXPECT_EQ(missing_text(found), "1");
  EXPECT_FALSE(found.faults.empty());
}

}  // namespace
}  // namespace synthgen
