#include "synthgen/dataset/manifest.hpp"

#include "synthgen/dataset/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::config_of;
using testing::generator_of;
using testing::value_of;

TEST(Manifest, TextIsComplete) {
  const Config config = config_of(R"({"generator": "random", "vocab_size": 10, "seq_length": 4,
                                      "num_train": 3, "num_val": 0, "seed": 7})");
  const FileRecord file{.file = "train.jsonl",
                        .split = Split::train,
                        .first_sequence = 0,
                        .sequences = 3,
                        .tokens = 12,
                        .bytes = 77,
                        .checksum = "99aa06d3014798d86001c324468d497f"};
  EXPECT_EQ(
      manifest_text(value_of(Generator::create(config)), {.with_latents = true}, {file}), R"({
  "program": "synthgen",
  "version": ")" + std::string(program_version) +
                                                                                              R"(",
  "stream_version": )" + std::to_string(stream_version) +
                                                                                              R"(,
  "seed": 7,
  "config": {
    "generator": "random",
    "vocab_size": 10,
    "seq_length": 4,
    "num_train": 3,
    "num_val": 0,
    "num_test": 0,
    "seed": 7,
    "vocab_distribution": "uniform",
    "zipf_exponent": 1.0,
    "noise_probability": 0.0,
    "length_variation": 0.0,
    "pad_token": 0
  },
  "format": "jsonl",
  "latents": true,
  "files": [
    {
      "file": "train.jsonl",
      "split": "train",
      "first_sequence": 0,
      "sequences": 3,
      "tokens": 12,
      "bytes": 77,
      "xxh128": "99aa06d3014798d86001c324468d497f"
    }
  ]
}
)");
}

TEST(Manifest, StandsForItsConfig) {
  const Config config = config_of(R"({"pattern_length": 7, "seed": 3, "num_test": 5})");
  const Config again = config_of(manifest_text(value_of(Generator::create(config)), {}, {}));
  EXPECT_EQ(again.generator, "pattern");
  EXPECT_EQ(canonical_config(again), canonical_config(config));
}

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
              manifest_text(generator, {.with_latents = with_latents}, encoder.files()));
  }
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
