#include "synthgen/dataset/dataset_encoder.hpp"

#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

std::string whole_split(const Generator& generator, Split split, bool with_latents) {
  SequenceBatch batch;
  generator.generate(split, 0, static_cast<std::uint64_t>(generator.config().count(split)), batch,
                     with_latents);
  std::string bytes;
  append_jsonl(batch, bytes);
  return bytes;
}

TEST(DatasetEncoder, ItsChunksJoinToTheFilesInWhateverOrderTheyAreMade) {
  for (const bool with_latents : {false, true}) {
    const Generator generator =
        generator_of(R"({"generator": "pattern", "seq_length": 9000, "length_variation": 0.1,
                         "num_train": 40, "num_val": 15, "num_test": 0})");
    DatasetEncoder encoder =
        value_of(DatasetEncoder::create(generator, {.with_latents = with_latents}));
    ASSERT_EQ(encoder.files().size(), 2U);
    EXPECT_EQ(encoder.files()[0].file, "train.jsonl");
    EXPECT_EQ(encoder.files()[1].file, "val.jsonl");
    ASSERT_GT(encoder.chunk_count(0), 1U) << "one chunk proves nothing";
    for (std::size_t file = 0; file < 2; ++file) {
      const Split split = encoder.files()[file].split;
      std::vector<EncodedChunk> chunks(static_cast<std::size_t>(encoder.chunk_count(file)));
      SequenceBatch scratch;
      for (std::size_t chunk = chunks.size(); chunk-- > 0;) {
        value_of(encoder.encode(file, chunk, scratch, chunks[chunk]));
      }
      std::string joined = encoder.begin(file);
      std::uint64_t total = 0;
      for (const EncodedChunk& chunk : chunks) {
        value_of(encoder.append(file, chunk));
        joined += chunk.bytes;
        total += chunk.tokens;
      }
      std::string rest;
      EXPECT_FALSE(value_of(encoder.next_of_tail(file, rest)));
      EXPECT_EQ(joined, whole_split(generator, split, with_latents));
      const FileRecord& record = encoder.files()[file];
      Checksum checksum;
      checksum.add(joined);
      EXPECT_EQ(record.checksum, checksum.hex());
      EXPECT_EQ(record.bytes, joined.size());
      EXPECT_EQ(record.tokens, total);
      EXPECT_EQ(record.sequences, file == 0 ? 40U : 15U);
      EXPECT_EQ(record.first_sequence, 0U);
    }
    EXPECT_EQ(encoder.manifest(),
              manifest_text({.head = manifest_head(generator, {.with_latents = with_latents}),
                             .files = encoder.files()}));
  }
}

TEST(DatasetEncoder, ShardsJoinToTheWhole) {
  const Generator generator =
      generator_of(R"({"generator": "pattern", "seq_length": 30, "num_train": 10, "num_val": 2})");
  std::string train;
  std::vector<std::string> names;
  for (std::uint32_t index = 0; index < 3; ++index) {
    DatasetEncoder encoder = value_of(DatasetEncoder::create(generator, {}, {index, 3}));
    for (std::size_t file = 0; file < encoder.files().size(); ++file) {
      const FileRecord& record = encoder.files()[file];
      names.push_back(record.file + '+' + std::to_string(record.first_sequence));
      SequenceBatch scratch;
      EncodedChunk chunk;
      value_of(encoder.encode(file, 0, scratch, chunk));
      EXPECT_EQ(chunk.sequences, record.sequences);
      if (record.split == Split::train) train += chunk.bytes;
    }
  }
  EXPECT_EQ(train, whole_split(generator, Split::train, false));
  EXPECT_EQ(names, (std::vector<std::string>{
                       "train-00000-of-00003.jsonl+0", "train-00001-of-00003.jsonl+3",
                       "val-00001-of-00003.jsonl+0", "train-00002-of-00003.jsonl+6",
                       "val-00002-of-00003.jsonl+1"}));
}

TEST(DatasetEncoder, ASequenceLongerThanAChunkIsAChunk) {
  const Generator generator = generator_of(R"({"seq_length": 300000, "num_train": 3})");
  const DatasetEncoder encoder = value_of(DatasetEncoder::create(generator));
  EXPECT_EQ(encoder.chunk_sequences(), 1U);
  EXPECT_EQ(encoder.chunk_count(0), 3U);
}

TEST(DatasetEncoder, WithoutSequencesThereAreNoFiles) {
  const Generator generator = generator_of(R"({"num_train": 0, "num_val": 0})");
  const DatasetEncoder encoder = value_of(DatasetEncoder::create(generator));
  EXPECT_TRUE(encoder.files().empty());
  EXPECT_EQ(Json::parse(encoder.manifest())["files"], Json::array());
}

}  // namespace
}  // namespace synthgen
