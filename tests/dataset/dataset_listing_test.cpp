#include "synthgen/dataset/dataset_listing.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/dataset/curriculum/write_curriculum.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/dataset/write/write_shards.hpp"

#include <filesystem>
#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::value_of;
using Strings = std::vector<std::string>;

TEST(SplitOfName, IsWhatTheNameBeginsWith) {
  EXPECT_EQ(split_of_name("train.jsonl"), "train");
  EXPECT_EQ(split_of_name("a.b/val-00003-of-00016.jsonl"), "val");
  EXPECT_EQ(split_of_name("/x/validation_2.jsonl"), "val");
  EXPECT_EQ(split_of_name("test"), "test");
  EXPECT_EQ(split_of_name("train/data.jsonl"), "");
  EXPECT_EQ(split_of_name("training.jsonl"), "");
  EXPECT_EQ(split_of_name(""), "");
}

class DatasetListingOf : public ::testing::Test {
 protected:
  DatasetListing listing() { return value_of(list_dataset(directory.path())); }
  /// The names of the listed files.
  Strings names() {
    Strings names;
    for (const DatasetFile& file : listing().files) {
      names.push_back(std::filesystem::path(file.path).filename().string());
    }
    return names;
  }
  Strings faults() {
    Strings texts;
    for (const Fault& fault : listing().faults) {
      EXPECT_EQ(fault.kind, FaultKind::manifest_mismatch);
      texts.push_back(fault.text().substr(directory.path().size() + 1));
    }
    return texts;
  }
  /// Kind and text of what is wrong with the manifests.
  std::vector<std::pair<FaultKind, std::string>> manifest_faults() {
    std::vector<std::pair<FaultKind, std::string>> found;
    for (const Fault& fault : listing().manifest_faults) {
      found.emplace_back(fault.kind, fault.text().substr(directory.path().size() + 1));
    }
    return found;
  }
  void write(std::string_view config) {
    ASSERT_TRUE(write_dataset(testing::generator_of(config), {.output_dir = directory.path()}));
  }

  testing::TemporaryDirectory directory;
};

TEST_F(DatasetListingOf, ADirectoryWithoutManifestHoldsTheFilesNamedForSplits) {
  for (const char* name : {"val.jsonl", "train-00001-of-00002.jsonl", "train-00000-of-00002.jsonl",
                           "notes.jsonl", "train.txt", "test.jsonl"}) {
    directory.with(name, "");
  }
  std::filesystem::create_directory(directory.file("train-more.jsonl"));
  EXPECT_EQ(names(), (Strings{"train-00000-of-00002.jsonl", "train-00001-of-00002.jsonl",
                              "val.jsonl", "test.jsonl"}));
  const DatasetListing found = listing();
  EXPECT_EQ(found.files[2].split, "val");
  EXPECT_FALSE(found.files[2].record);
  EXPECT_FALSE(found.files[2].limits.vocab_size);
  EXPECT_TRUE(found.faults.empty());
  EXPECT_FALSE(found.config);
}

TEST_F(DatasetListingOf, WhatBelongsToAFileIsNoFileOfSequences) {
  for (const char* name : {"train.npy", "train_lengths.npy", "val.pt", "val_metadata.json",
                           "val_lengths.pt", "test.jsonl.gz"}) {
    directory.with(name, "");
  }
  EXPECT_EQ(names(), (Strings{"train.npy", "val.pt", "test.jsonl.gz"}));
}

TEST_F(DatasetListingOf, ADatasetHasRecordsAndTheLimitsOfEachSplit) {
  write(R"({"vocab_size": 50, "seq_length": 10, "length_variation": 0.5, "num_train": 3,
            "num_val": 2, "splits": {"val": {"seq_length": 20, "vocab_size": 60}}})");
  const DatasetListing found = listing();
  ASSERT_EQ(found.files.size(), 2U);
  EXPECT_EQ(found.files[0].split, "train");
  EXPECT_EQ(found.files[0].record->sequences, 3U);
  EXPECT_EQ(found.files[0].limits.vocab_size, 50);
  EXPECT_EQ(found.files[0].limits.min_length, 5);
  EXPECT_EQ(found.files[0].limits.max_length, 15);
  EXPECT_EQ(found.files[1].limits.vocab_size, 60);
  EXPECT_EQ(found.files[1].limits.min_length, 10);
  EXPECT_EQ(found.files[1].limits.max_length, 30);
  EXPECT_EQ(found.config->vocab_size, 50);
  EXPECT_TRUE(found.faults.empty());
}

TEST_F(DatasetListingOf, FilesThatAreMissingOrNotInTheManifestAreFaults) {
  write(R"({"seq_length": 4, "num_train": 3, "num_val": 2})");
  std::filesystem::remove(directory.file("train.jsonl"));
  directory.with("test.jsonl", "[1]\n");
  EXPECT_EQ(faults(), (Strings{"train.jsonl: is missing; metadata.json lists it",
                               "test.jsonl: is not in metadata.json"}));
  EXPECT_EQ(names(), Strings{"val.jsonl"});
  const DatasetListing found = listing();
  ASSERT_EQ(found.unnamed.size(), 1U);
  EXPECT_EQ(found.unnamed[0].path, directory.file("test.jsonl"));
  EXPECT_EQ(found.unnamed[0].split, "test");
  EXPECT_FALSE(found.unnamed[0].limits.vocab_size);
  std::filesystem::remove(directory.file("val.jsonl"));
  EXPECT_EQ(names(), Strings{"test.jsonl"}) << "there is nothing else";
}

TEST_F(DatasetListingOf, OneSplitInTwoFormatsIsUnclearUnlessTheManifestNamesOne) {
  write(R"({"seq_length": 4, "num_train": 3, "num_val": 0})");
  directory.with("train.npy", "");
  EXPECT_EQ(names(), Strings{"train.jsonl"});
  EXPECT_EQ(faults(), Strings{"train.npy: is not in metadata.json; not checked, because "
                              "train.jsonl is the same part"});
  EXPECT_TRUE(listing().unnamed.empty());
  std::filesystem::remove(directory.file("metadata.json"));
  const Result<DatasetListing> found = list_dataset(directory.path());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::usage);
  EXPECT_EQ(found.error().message,
            directory.path() + ": holds train.jsonl and train.npy; name the files");
}

TEST_F(DatasetListingOf, AManifestOfAnotherProgramIsNoTrouble) {
  directory.with("train.jsonl", "");
  directory.with("metadata.json", R"({"license": "MIT"})");
  EXPECT_EQ(names(), Strings{"train.jsonl"});
  EXPECT_FALSE(listing().config);
  EXPECT_TRUE(manifest_faults().empty());
}

TEST_F(DatasetListingOf, ShardsHaveTheManifestsOfTheirOwnUntilTheyAreMerged) {
  const Generator generator = testing::generator_of(
      R"({"vocab_size": 50, "seq_length": 10, "num_train": 5, "num_val": 2})");
  const DatasetOptions options{.output_dir = directory.path()};
  ASSERT_TRUE(write_shards(generator, options, {0, 1, 3}));
  EXPECT_EQ(names(), (Strings{"train-00000-of-00003.jsonl", "train-00001-of-00003.jsonl",
                              "val-00001-of-00003.jsonl"}));
  const DatasetListing found = listing();
  EXPECT_TRUE(found.faults.empty());
  ASSERT_TRUE(found.config);
  EXPECT_EQ(found.config->vocab_size, 50);
  for (const DatasetFile& file : found.files) {
    EXPECT_EQ(file.limits.vocab_size, 50);
    EXPECT_EQ(file.limits.min_length, 10);
    ASSERT_TRUE(file.record);
  }
  EXPECT_EQ(found.files[1].manifest, "metadata-00001-of-00003.json");
  std::filesystem::remove(directory.file("train-00001-of-00003.jsonl"));
  directory.with("train-00002-of-00003.jsonl", "[1]\n");
  EXPECT_EQ(
      faults(),
      (Strings{"train-00001-of-00003.jsonl: is missing; metadata-00001-of-00003.json lists it",
               "train-00002-of-00003.jsonl: is not in a shard's manifest"}));
}

TEST_F(DatasetListingOf, ShardsOfDifferentDatasetsAreRefused) {
  const DatasetOptions options{.output_dir = directory.path()};
  ASSERT_TRUE(
      write_shards(testing::generator_of(R"({"num_train": 5, "seed": 1})"), options, {0, 0, 3}));
  ASSERT_TRUE(
      write_shards(testing::generator_of(R"({"num_train": 5, "seed": 2})"), options, {1, 1, 3}));
  const Result<DatasetListing> found = list_dataset(directory.path());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::usage);
  EXPECT_EQ(found.error().message,
            directory.path() +
                ": metadata-00000-of-00003.json and metadata-00001-of-00003.json are of different "
                "datasets; name the files");
}

TEST_F(DatasetListingOf, AMalformedManifestIsAFaultAndAsGoodAsNone) {
  write(R"({"seq_length": 4, "num_train": 3, "num_val": 0})");
  const std::string text = testing::bytes_of(directory.file("metadata.json"));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    directory.with("metadata.json", changed.replace(changed.find(from), from.size(), to));
    const DatasetListing found = listing();
    EXPECT_EQ(found.files.size(), 1U);
    EXPECT_FALSE(found.files[0].record);
    EXPECT_FALSE(found.files[0].limits.vocab_size);
    EXPECT_FALSE(found.vocab_size);
    EXPECT_FALSE(found.config);
    EXPECT_TRUE(found.faults.empty()) << "no manifest, nothing that it does not name";
    return manifest_faults();
  };
  using Pairs = std::vector<std::pair<FaultKind, std::string>>;
  EXPECT_EQ(with(text, "{\n  \"program\":"),
            (Pairs{{FaultKind::malformed,
                    "metadata.json:2: column 13: not JSON: syntax error while parsing value - "
                    "unexpected end of input; expected '[', '{', or a literal"}}));
  EXPECT_EQ(with(text, ""),
            (Pairs{{FaultKind::malformed, "metadata.json: is empty; allowed: a JSON value"}}));
  EXPECT_EQ(with("\"jsonl\"", "\"jsnl\""),
            (Pairs{{FaultKind::malformed,
                    "metadata.json: format: got \"jsnl\"; allowed: one of jsonl, npy, pt, "
                    "safetensors, bin, llmc, megatron, csv"}}));
  const Pairs wrong_config = with("\"seq_length\": 4", "\"seq_length\": 0, \"extra\": 1");
  ASSERT_EQ(wrong_config.size(), 3U);
  EXPECT_EQ(wrong_config[0].first, FaultKind::manifest_mismatch);
  EXPECT_EQ(wrong_config[1].second,
            "metadata.json: seq_length: got 0; allowed: an integer from 1 to 16777216");
  std::vector<std::string_view> keys;
  for (const Parameter& parameter : parameters()) keys.push_back(parameter.key);
  EXPECT_EQ(wrong_config[2].second,
            "metadata.json: extra: is not a known key; known: " + joined(keys, ", "));
}

TEST_F(DatasetListingOf, AManifestThatWasChangedIsAFaultAndStillSaysWhatItSays) {
  write(R"({"seq_length": 64, "length_variation": 0.5, "num_train": 3, "num_val": 0})");
  EXPECT_TRUE(manifest_faults().empty());
  std::string text = testing::bytes_of(directory.file("metadata.json"));
  const std::size_t place = text.find("\"seed\": 42") + 8;
  directory.with("metadata.json", text.replace(place, 1, "5"));
  const auto faults = manifest_faults();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].first, FaultKind::manifest_mismatch);
  EXPECT_EQ(faults[0].second, "metadata.json: was changed: its checksum does not match");
  EXPECT_EQ(listing().files[0].limits.max_length, 96);
}

TEST_F(DatasetListingOf, AnEmptyManifestNamesNoFiles) {
  directory.with("train.jsonl", "[1]\n");
  directory.with("metadata.json", "{}\n");
  const auto faults = manifest_faults();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].first, FaultKind::manifest_mismatch);
  EXPECT_EQ(faults[0].second, "metadata.json: names no files");
  EXPECT_EQ(names(), Strings{"train.jsonl"});
}

TEST_F(DatasetListingOf, AShardsMalformedManifestLeavesTheOthers) {
  value_of(write_shards(testing::generator_of(R"({"num_train": 4, "num_val": 0})"),
                        {.output_dir = directory.path()}, {0, 1, 2}));
  directory.with("metadata-00000-of-00002.json", "[");
  EXPECT_EQ(names(), Strings{"train-00001-of-00002.jsonl"});
  EXPECT_EQ(manifest_faults().size(), 1U);
  EXPECT_EQ(faults(), Strings{"train-00000-of-00002.jsonl: is not in a shard's manifest that can "
                              "be read"});
}

TEST_F(DatasetListingOf, AStageOfACurriculumHasItsBoundsAsLimits) {
  const std::string source = directory.with("train.jsonl", "[1,2,3]\n[4,5]\n");
  value_of(write_curriculum(source, {{"all", {0, 1}, 2}},
                            {.output_dir = directory.path(), .complexity = {.vocab_size = 30}}));
  const DatasetListing found = value_of(list_dataset(directory.file("all")));
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].limits.vocab_size, 30);
  EXPECT_EQ(found.files[0].limits.max_length, 2);
  EXPECT_FALSE(found.files[0].limits.min_length);
  EXPECT_EQ(found.vocab_size, 30);
  EXPECT_TRUE(found.manifest_faults.empty());
}

TEST_F(DatasetListingOf, ARunThatStoppedWhileItPutFilesInPlaceIsAFaultUntilItsManifestIsThere) {
  directory.with("train-00000-of-00002.jsonl", "[1]\n");
  directory.with("train-00001-of-00002.jsonl", "[2]\n");
  const std::string journal = "metadata-00001-of-00002.json.journal";
  directory.with(journal, "process 1 on host\n{}\nchunk 0 1 4 0123\n");
  EXPECT_EQ(faults(), Strings{}) << "it is still writing";
  directory.with(journal, "process 1 on host\n{}\nchunk 0 1 4 0123\ncomplete\n");
  EXPECT_EQ(faults(),
            Strings{journal + ": a run that puts its files in place here has not ended; if it was "
                              "stopped, generate with the same options and --resume ends it"});
  std::filesystem::remove(directory.file("train-00000-of-00002.jsonl"));
  value_of(write_shards(testing::generator_of(R"({"num_train": 4, "num_val": 0})"),
                        {.output_dir = directory.path(), .overwrite = true}, {0, 1, 2}));
  directory.with(journal, "process 1 on host\n{}\ncomplete\n");
  EXPECT_EQ(faults(), Strings{}) << "all that is left is to remove the journal";
}

TEST_F(DatasetListingOf, WithoutDataIsAnIoError) {
  directory.with("metadata.json", R"({"license": "MIT"})");
  for (const std::string& path : {directory.path(), directory.file("none")}) {
    const Result<DatasetListing> found = list_dataset(path);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::io);
    EXPECT_EQ(found.error().message.rfind(path + ": ", 0), 0U) << found.error().message;
  }
}

}  // namespace
}  // namespace synthgen
