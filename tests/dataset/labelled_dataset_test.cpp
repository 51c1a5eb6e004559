#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/dataset/write/write_shards.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::value_of;

/// Runs that fill the row less and less; the label of a token is the one before it.
class PreviousToken final : public SequenceGenerator {
 public:
  using SequenceGenerator::SequenceGenerator;
  bool has_labels() const override { return true; }
  CustomSequence generate_sequence(ItemRandom& random) const override {
    CustomSequence sequence(std::vector<std::int64_t>{});
    const auto length = max_length() - static_cast<std::int64_t>(random.item().index);
    for (std::int64_t i = 0; i < length; ++i) {
      sequence.labels.push_back(i == 0 ? ignored_label : sequence.tokens.back());
      sequence.tokens.push_back(random.token());
    }
    return sequence;
  }
};

/// Sequences so long that four of them are a chunk, and that their labels do not stay in memory.
Generator labelled_generator() {
  return value_of(Generator::create_custom<PreviousToken>(testing::config_of(
      R"({"vocab_size": 500, "seq_length": 30000, "num_train": 10, "num_val": 1})")));
}

std::vector<std::string> contents_of(const testing::TemporaryDirectory& directory) {
  std::vector<std::string> contents = directory.names();
  for (const std::string& name : directory.names()) {
    contents.push_back(bytes_of(directory.file(name)));
  }
  return contents;
}

TEST(LabelledDataset, LabelsComeBackFromEveryFormatThatCarriesThem) {
  const Generator generator = labelled_generator();
  SequenceBatch expected;
  value_of(generator.generate(Split::train, 0, 10, expected));
  for (const auto& [format, file] : {std::pair("jsonl", "train.jsonl"),
                                     {"npy", "train.npy"},
                                     {"pt", "train.pt"},
                                     {"safetensors", "train.safetensors"},
                                     {"csv", "train.csv"}}) {
    SCOPED_TRACE(format);
    const testing::TemporaryDirectory directory;
    DatasetOptions options{.output_dir = directory.path(), .threads = 3};
    options.format = {.format = format, .with_labels = true};
    value_of(write_dataset(generator, options));
    const SequenceBatch read = value_of(load_synthetic_data(directory.file(file)));
    EXPECT_TRUE(read.tokens == expected.tokens);
    EXPECT_TRUE(read.labels == expected.labels);
    const Manifest manifest =
        value_of(parse_manifest(bytes_of(directory.file("metadata.json")), "m"));
    EXPECT_TRUE(format_of(manifest).with_labels);
  }
}

TEST(LabelledDataset, UnaskedForTheyAreLeftOut) {
  const testing::TemporaryDirectory directory;
  value_of(write_dataset(labelled_generator(), {.output_dir = directory.path()}));
  EXPECT_EQ(bytes_of(directory.file("train.jsonl")).find("labels"), std::string::npos);
  EXPECT_EQ(bytes_of(directory.file("metadata.json")).find("labels"), std::string::npos);
}

TEST(LabelledDataset, AStoppedRunIsResumedToTheSameBytes) {
  const Generator generator = labelled_generator();
  for (const char* format : {"pt", "safetensors"}) {
    SCOPED_TRACE(format);
    const testing::TemporaryDirectory whole;
    const testing::TemporaryDirectory stopped;
    DatasetOptions options{.output_dir = whole.path()};
    options.format = {.format = format, .with_labels = true};
    value_of(write_dataset(generator, options));
    options.output_dir = stopped.path();
    options.resume = true;
    const auto stop = [calls = 0](const Progress&) mutable { return ++calls < 2; };
    ASSERT_FALSE(write_dataset(generator, options, stop));
    EXPECT_EQ(value_of(write_dataset(generator, options)).sequences_found, 2 * 4U);
    EXPECT_TRUE(contents_of(stopped) == contents_of(whole));
  }
}

TEST(LabelledDataset, ShardsAreTheWholesLabelsInOrder) {
  const Generator generator = labelled_generator();
  SequenceBatch expected;
  value_of(generator.generate(Split::train, 0, 10, expected));
  const testing::TemporaryDirectory directory;
  DatasetOptions options{.output_dir = directory.path()};
  options.format = {.format = "npy", .with_labels = true};
  value_of(write_shards(generator, options, {0, 1, 2}));
  std::vector<std::int64_t> labels;
  for (const char* file : {"train-00000-of-00002.npy", "train-00001-of-00002.npy"}) {
    const SequenceBatch part = value_of(load_synthetic_data(directory.file(file)));
    labels.insert(labels.end(), part.labels.begin(), part.labels.end());
  }
  EXPECT_TRUE(labels == expected.labels);
}

TEST(LabelledDataset, AFamilyWithoutLabelsIsNamed) {
  const testing::TemporaryDirectory directory;
  DatasetOptions options{.output_dir = directory.path()};
  options.format.with_labels = true;
  const auto written = write_dataset(testing::generator_of(R"({"generator": "pattern"})"), options);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::usage);
  EXPECT_EQ(written.error().message, "labels: the family pattern has none");
  EXPECT_TRUE(directory.names().empty());
}

}  // namespace
}  // namespace synthgen
