#include "synthgen/dataset/write/write_dataset.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/formats/sequence_reader.hpp"

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

/// Stops a run after some calls of its callback.
ProgressCallback stop_after(int calls) {
  return [calls, count = 0](const Progress&) mutable { return ++count < calls; };
}

TEST_F(WriteDataset, StoppedItIsResumedToTheSameBytes) {
  const testing::TemporaryDirectory whole;
  const Generator generator = generator_of(long_sequences);
  value_of(write_dataset(generator, {.output_dir = whole.path()}));
  for (const unsigned threads : {1U, 3U}) {
    const testing::TemporaryDirectory stopped;
    DatasetOptions some{.output_dir = stopped.path(), .threads = threads, .resume = true};
    const auto written = write_dataset(generator, some, stop_after(3));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(written.error().message, "stopped; give --resume to continue");
    EXPECT_EQ(stopped.names(), (Names{"metadata.json.journal", "train.jsonl.partial"}));

    const Progress rest = value_of(write_dataset(generator, some));
    EXPECT_EQ(rest.sequences_found, 3 * 14U);
    EXPECT_EQ(rest.sequences_done, 67U);
    EXPECT_EQ(stopped.names(), whole.names());
    for (const std::string& name : whole.names()) {
      EXPECT_EQ(bytes_of(stopped.file(name)), bytes_of(whole.file(name))) << name;
    }
  }
}

TEST_F(WriteDataset, WhatIsLeftOfAStoppedRunCountsAsFarAsItIsRight) {
  const testing::TemporaryDirectory whole;
  const Generator generator = generator_of(long_sequences);
  value_of(write_dataset(generator, {.output_dir = whole.path()}));
  const std::string train = bytes_of(whole.file("train.jsonl"));
  const auto resumed_after = [&](const auto& damage) {
    const testing::TemporaryDirectory stopped;
    DatasetOptions some{.output_dir = stopped.path(), .resume = true};
    EXPECT_FALSE(write_dataset(generator, some, stop_after(4)));
    const std::string partial = stopped.file("train.jsonl.partial");
    stopped.with("train.jsonl.partial", damage(bytes_of(partial)));
    const Progress rest = value_of(write_dataset(generator, some));
    EXPECT_EQ(bytes_of(stopped.file("train.jsonl")), train);
    EXPECT_EQ(stopped.names(), whole.names());
    return rest.sequences_found;
  };
  EXPECT_EQ(resumed_after([](std::string bytes) { return bytes; }), 4 * 14U);
  EXPECT_EQ(resumed_after([](std::string bytes) { return bytes + "{\"input_ids\":[1,"; }), 4 * 14U);
  EXPECT_EQ(resumed_after([](std::string bytes) { return bytes.substr(0, bytes.size() - 1); }),
            3 * 14U);
  EXPECT_EQ(resumed_after([](const std::string&) { return std::string(); }), 0U);
  EXPECT_EQ(resumed_after([](std::string bytes) {
              bytes[bytes.size() / 2] ^= 1;
              return bytes;
            }),
            2 * 14U);
  EXPECT_EQ(resumed_after([](std::string bytes) {
              return bytes.substr(0, bytes.size() / 2) + std::string(bytes.size() / 2, '\0');
            }),
            2 * 14U);
}

TEST_F(WriteDataset, AStoppedRunIsNeitherLostNorMixedWithAnother) {
  const Generator generator = generator_of(long_sequences);
  EXPECT_FALSE(write_dataset(generator, options(), stop_after(2)));
  const Names left = directory.names();

  const auto again = write_dataset(generator, options());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::usage);
  EXPECT_EQ(again.error().message,
            directory.path() +
                ": a run that writes the dataset was stopped here; give --resume to "
                "continue it, or --force to start again");
  DatasetOptions resume = options();
  resume.resume = true;
  const auto other =
      write_dataset(generator_of(long_sequences, {{"noise_probability", 0.5}}), resume);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::usage);
  EXPECT_EQ(other.error().message,
            directory.path() +
                ": the run that was stopped here wrote another config; give --force "
                "to start again, or another output directory");
  EXPECT_EQ(directory.names(), left);

  DatasetOptions force = options();
  force.overwrite = true;
  value_of(write_dataset(generator_of(long_sequences, {{"num_val", 0}}), force));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "train.jsonl"}));
}

TEST_F(WriteDataset, ResumeStartsWhereThereIsNothingAndLeavesWhatIsFinished) {
  const Generator generator = generator_of(long_sequences);
  DatasetOptions resume = options();
  resume.resume = true;
  EXPECT_EQ(value_of(write_dataset(generator, resume)).sequences_found, 0U);
  const auto time = std::filesystem::last_write_time(directory.file("train.jsonl"));
  const Progress again = value_of(write_dataset(generator, resume));
  EXPECT_EQ(again.sequences_found, 67U);
  EXPECT_EQ(again.bytes_done, 0U);
  EXPECT_EQ(std::filesystem::last_write_time(directory.file("train.jsonl")), time);
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "train.jsonl", "val.jsonl"}));
}

TEST_F(WriteDataset, ResumeRefusesTheFilesOfAnotherDataset) {
  value_of(write_dataset(generator_of(long_sequences), options()));
  const std::string manifest = bytes_of(directory.file("metadata.json"));
  DatasetOptions resume = options();
  resume.resume = true;
  const auto other = write_dataset(generator_of(long_sequences, {{"seed", 5}}), resume);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::usage);
  EXPECT_NE(other.error().message.find("is not part of this dataset"), std::string::npos);
  EXPECT_EQ(bytes_of(directory.file("metadata.json")), manifest);
}

TEST_F(WriteDataset, ResumeMakesADamagedFileAnew) {
  const Generator generator = generator_of(long_sequences);
  value_of(write_dataset(generator, options()));
  const std::string train = bytes_of(directory.file("train.jsonl"));
  DatasetOptions resume = options();
  resume.resume = true;
  std::string damaged = train;
  damaged[100] ^= 1;
  for (const std::string& bytes : {damaged, train.substr(0, 1000), std::string()}) {
    directory.with("train.jsonl", bytes);
    value_of(write_dataset(generator, resume));
    EXPECT_EQ(bytes_of(directory.file("train.jsonl")), train);
  }
  std::filesystem::remove(directory.file("val.jsonl"));
  value_of(write_dataset(generator, resume));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "train.jsonl", "val.jsonl"}));
}

TEST_F(WriteDataset, CutOffWhileItGaveFilesTheirNamesItIsResumed) {
  const testing::TemporaryDirectory whole;
  const Generator generator = generator_of(long_sequences);
  value_of(write_dataset(generator, {.output_dir = whole.path()}));
  // The journal and the temporary files as they were just before the names were given.
  EXPECT_FALSE(write_dataset(generator, options(), [](const Progress& progress) {
    return progress.sequences_done < progress.sequences_total;
  }));
  directory.with("metadata.json.journal",
                 bytes_of(directory.file("metadata.json.journal")) + "complete\n");
  std::filesystem::rename(directory.file("train.jsonl.partial"), directory.file("train.jsonl"));
  directory.with("metadata.json.partial", bytes_of(whole.file("metadata.json")).substr(0, 99));

  DatasetOptions resume = options();
  resume.resume = true;
  EXPECT_EQ(value_of(write_dataset(generator, resume)).sequences_found, 67U);
  EXPECT_EQ(directory.names(), whole.names());
  for (const std::string& name : whole.names()) {
    EXPECT_EQ(bytes_of(directory.file(name)), bytes_of(whole.file(name))) << name;
  }
}

TEST_F(WriteDataset, AnalysesWhatItWritesWhenAsked) {
  const Generator generator = generator_of(long_sequences);
  DatasetOptions measured = options(2);
  measured.analysis.emplace();
  value_of(write_dataset(generator, measured));
  EXPECT_EQ(directory.names(),
            (Names{"analysis.json", "metadata.json", "train.jsonl", "val.jsonl"}));
  SequenceBatch batch;
  generator.generate(Split::train, 0, 60, batch);
  generator.generate(Split::val, 0, 7, batch);
  EXPECT_EQ(bytes_of(directory.file("analysis.json")), to_text(analyze_sequences(batch), 2) + '\n');
  const Json manifest = Json::parse(bytes_of(directory.file("metadata.json")));
  EXPECT_EQ(manifest["analysis"]["xxh128"], checksum_of(bytes_of(directory.file("analysis.json"))));
}

TEST_F(WriteDataset, StoppedItLeavesTheOldDatasetWhole) {
  value_of(write_dataset(generator_of(long_sequences), options()));
  const std::string train = bytes_of(directory.file("train.jsonl"));
  const std::string manifest = bytes_of(directory.file("metadata.json"));
  DatasetOptions again = options();
  again.overwrite = true;
  EXPECT_FALSE(write_dataset(generator_of(long_sequences, {{"seed", 1}}), again,
                             [](const Progress&) { return false; }));
  EXPECT_EQ(directory.names(), (Names{"metadata.json", "metadata.json.journal", "train.jsonl",
                                      "train.jsonl.partial", "val.jsonl"}));
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
    EXPECT_EQ(written.error().message.rfind(bad.output_dir + ": cannot create the directory: ", 0),
              0U)
        << written.error().message;
  }
  EXPECT_EQ(directory.names(), Names{"taken"});
}

}  // namespace
}  // namespace synthgen
