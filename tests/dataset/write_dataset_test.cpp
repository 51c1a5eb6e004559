#include "synthgen/dataset/write_dataset.hpp"

#include "synthgen/dataset/jsonl_writer.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/sequence_reader.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::generator_of;
using testing::value_of;

using Names = std::vector<std::string>;

constexpr const char* long_sequences =
    R"({"generator": "pattern", "vocab_size": 500, "seq_length": 9000,
    "noise_probability": 0.05, "length_variation": 0.2, "num_train": 60, "num_val": 7})";

class WriteDataset : public ::testing::Test {
 protected:
  DatasetOptions options(unsigned threads = 1) const {
    return {.output_dir = directory.path(), .threads = threads};
  }

  testing::TemporaryDirectory directory;
};

TEST_F(WriteDataset, WritesASplitAFileAndTheManifest) {
  const Generator generator = generator_of(long_sequences);
  const Progress done = value_of(write_dataset(generator, options()));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "train.jsonl", "val.jsonl"}));
  SequenceBatch train;
  generator.generate(Split::train, 0, 60, train);
  std::string expected;
  append_jsonl(train, expected);
  EXPECT_EQ(bytes_of(directory.file("train.jsonl")), expected);
  EXPECT_EQ(testing::sequences_of(value_of(load_synthetic_data(directory.file("train.jsonl")))),
            testing::sequences_of(train));
  EXPECT_EQ(done.sequences_done, 67U);
  EXPECT_EQ(done.sequences_total, 67U);
  EXPECT_EQ(done.bytes_done, expected.size() + bytes_of(directory.file("val.jsonl")).size());
}

TEST_F(WriteDataset, TheManifestDescribesTheFilesBesideIt) {
  value_of(write_dataset(generator_of(long_sequences), options()));
  const Json manifest = Json::parse(bytes_of(directory.file("metadata.json")));
  EXPECT_EQ(manifest["stream_version"], stream_version);
  EXPECT_EQ(manifest["latents"], false);
  ASSERT_EQ(manifest["files"].size(), 2U);
  for (const Json& file : manifest["files"]) {
    const std::string path = directory.file(file["file"].get<std::string>());
    const std::string bytes = bytes_of(path);
    Checksum checksum;
    checksum.add(bytes);
    EXPECT_EQ(file["xxh128"], checksum.hex());
    EXPECT_EQ(file["bytes"], bytes.size());
    const SequenceBatch batch = value_of(load_synthetic_data(path));
    EXPECT_EQ(file["sequences"], batch.size());
    EXPECT_EQ(file["tokens"], batch.tokens.size());
    EXPECT_EQ(file["first_sequence"], 0);
  }
}

TEST_F(WriteDataset, AnyNumberOfThreadsWritesTheSameBytes) {
  for (const bool with_latents : {false, true}) {
    std::vector<std::string> reference;
    for (const unsigned threads : {1U, 2U, 7U}) {
      const testing::TemporaryDirectory one;
      value_of(
          write_dataset(generator_of(long_sequences), {.output_dir = one.path(),
                                                       .threads = threads,
                                                       .format = {.with_latents = with_latents}}));
      std::vector<std::string> files;
      for (const std::string& file : one.names()) files.push_back(bytes_of(one.file(file)));
      ASSERT_EQ(files.size(), 3U);
      if (reference.empty()) reference = files;
      EXPECT_EQ(files, reference) << threads << " threads";
    }
  }
}

TEST_F(WriteDataset, MakesTheDirectory) {
  DatasetOptions nested = options();
  nested.output_dir = directory.file("a/b");
  value_of(
      write_dataset(generator_of(R"({"seq_length": 3, "num_train": 2, "num_val": 0})"), nested));
  EXPECT_EQ(directory.names(), Names{"a"});
  EXPECT_NE(bytes_of(directory.file("a/b/train.jsonl")), "");
  EXPECT_FALSE(std::filesystem::exists(directory.file("a/b/val.jsonl")));
}

TEST_F(WriteDataset, RefusesToTouchADatasetThatIsThere) {
  for (const char* name : {"metadata.json", "train.jsonl", "val.jsonl", "test.jsonl"}) {
    const testing::TemporaryDirectory used;
    used.with(name, "precious");
    const auto written = write_dataset(generator_of(long_sequences), {.output_dir = used.path()});
    ASSERT_FALSE(written) << name;
    EXPECT_EQ(written.error().kind, ErrorKind::usage);
    EXPECT_EQ(written.error().message.rfind(used.file(name) + ": exists already", 0), 0U);
    EXPECT_EQ(used.names(), Names{name});
    EXPECT_EQ(bytes_of(used.file(name)), "precious");
  }
}

TEST_F(WriteDataset, OverwritingRemovesTheFilesOfSplitsThatAreNoMore) {
  value_of(write_dataset(generator_of(long_sequences, {{"num_test", 2}}), options()));
  directory.with("notes.txt", "mine");
  DatasetOptions again = options();
  again.overwrite = true;
  value_of(write_dataset(generator_of(long_sequences, {{"num_val", 0}}), again));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "notes.txt", "train.jsonl"}));
  EXPECT_EQ(bytes_of(directory.file("notes.txt")), "mine");
  EXPECT_EQ(Json::parse(bytes_of(directory.file("metadata.json")))["files"].size(), 1U);
}

TEST_F(WriteDataset, StoppedItLeavesNothingBehind) {
  for (const unsigned threads : {1U, 3U}) {
    int calls = 0;
    const auto written = write_dataset(generator_of(long_sequences), options(threads),
                                       [&](const Progress&) { return ++calls < 3; });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(directory.names(), Names{});
  }
}

TEST_F(WriteDataset, StoppedItLeavesTheOldDatasetWhole) {
  value_of(write_dataset(generator_of(long_sequences), options()));
  const std::string train = bytes_of(directory.file("train.jsonl"));
  const std::string manifest = bytes_of(directory.file("metadata.json"));
  DatasetOptions again = options();
  again.overwrite = true;
  EXPECT_FALSE(write_dataset(generator_of(long_sequences, {{"seed", 1}}), again,
                             [](const Progress&) { return false; }));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "train.jsonl", "val.jsonl"}));
  EXPECT_EQ(bytes_of(directory.file("train.jsonl")), train);
  EXPECT_EQ(bytes_of(directory.file("metadata.json")), manifest);
}

TEST_F(WriteDataset, ProgressAscendsToTheTotal) {
  std::vector<std::uint64_t> sequences;
  const Progress done = value_of(
      write_dataset(generator_of(long_sequences), options(2), [&](const Progress& progress) {
        EXPECT_EQ(progress.sequences_total, 67U);
        sequences.push_back(progress.sequences_done);
        return true;
      }));
  EXPECT_TRUE(std::is_sorted(sequences.begin(), sequences.end()));
  EXPECT_EQ(sequences.back(), done.sequences_total);
  EXPECT_GT(sequences.size(), 2U);
}

TEST_F(WriteDataset, WithoutSequencesThereIsTheManifestAlone) {
  value_of(write_dataset(generator_of(R"({"num_train": 0, "num_val": 0})"), options()));
  EXPECT_EQ(directory.names(), Names{"metadata.json"});
}

TEST_F(WriteDataset, AFileInTheDirectorysPlaceIsAnIoError) {
  directory.with("taken", "");
  for (const char* place : {"taken", "taken/inside"}) {
    DatasetOptions bad = options();
    bad.output_dir = directory.file(place);
    const auto written = write_dataset(generator_of(long_sequences), bad);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::io);
    EXPECT_EQ(written.error().message.rfind(bad.output_dir + ": cannot make the directory: ", 0),
              0U)
        << written.error().message;
  }
  EXPECT_EQ(directory.names(), Names{"taken"});
}

}  // namespace
}  // namespace synthgen
