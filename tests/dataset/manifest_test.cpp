#include "synthgen/dataset/manifest.hpp"

#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::config_of;
using testing::generator_of;
using testing::value_of;

constexpr const char* small_config =
    R"({"generator": "random", "vocab_size": 10, "seq_length": 4, "num_train": 3, "num_val": 0,
        "seed": 7})";

/// A manifest with everything that one can have.
Manifest full_manifest() {
  FileRecord file{.file = "train-00003-of-00016.jsonl",
                  .split = Split::train,
                  .first_sequence = 5,
                  .sequences = 3,
                  .tokens = 12,
                  .bytes = 77,
                  .checksum = "99aa06d3014798d86001c324468d497f"};
  file.side_files = {{"lengths.npy", 9, "00000000000000000000000000000001"}};
  return {.head = manifest_head(generator_of(small_config), {.with_latents = true}),
          .shard = {3, 16},
          .files = {file},
          .analysis = SideRecord{"analysis-00003-of-00016.state", 4, "0123"}};
}

TEST(Manifest, TextIsComplete) {
  const Manifest manifest{.head = manifest_head(generator_of(small_config), {.with_latents = true}),
                          .files = {{.file = "train.jsonl",
                                     .split = Split::train,
                                     .first_sequence = 0,
                                     .sequences = 3,
                                     .tokens = 12,
                                     .bytes = 77,
                                     .checksum = "99aa06d3014798d86001c324468d497f"}}};
  const std::string expected = R"({
  "program": "synthgen",
  "version": "@",
  "stream_version": 1,
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
  "config_xxh128": "#",
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
  ])";
  std::string body = expected;
  body.replace(body.find('@'), 1, program_version);
  body.replace(body.find('#'), 1, checksum_of(to_text(canonical_config(config_of(small_config)))));
  EXPECT_EQ(manifest_text(manifest),
            body + ",\n  \"manifest_xxh128\": \"" + checksum_of(body) + "\"\n}\n");
}

TEST(Manifest, StandsForItsConfig) {
  const Config config = config_of(R"({"pattern_length": 7, "seed": 3, "num_test": 5})");
  const std::string text =
      manifest_text({.head = manifest_head(value_of(Generator::create(config)), {})});
  const Config again = config_of(text);
  EXPECT_EQ(again.generator, "pattern");
  EXPECT_EQ(canonical_config(again), canonical_config(config));
}

TEST(Manifest, IsReadBackAsItWasWritten) {
  const Manifest manifest = full_manifest();
  const std::string text = manifest_text(manifest);
  const Manifest again = value_of(parse_manifest(text, "m"));
  EXPECT_EQ(manifest_text(again), text);
  EXPECT_EQ(again.shard, (Shard{3, 16}));
  EXPECT_EQ(again.files[0].side_files[0].file, "lengths.npy");
  EXPECT_TRUE(format_of(again).with_latents);
  EXPECT_EQ(value_of(synthgen::config_of(again)).seed, 7);
  Manifest whole = manifest;
  whole.shard = {};
  whole.num_shards = 16;
  EXPECT_EQ(value_of(parse_manifest(manifest_text(whole), "m")).num_shards, 16U);
}

TEST(Manifest, NamesWhatIsWrongWithWhichMember) {
  const Json good = Json::parse(manifest_text(full_manifest()));
  const auto message_for = [&](const Json& change) {
    const Json changed = good.patch(change);
    const Result<Manifest> manifest = parse_manifest(changed.dump(), "m");
    EXPECT_FALSE(manifest) << change;
    if (manifest) return std::string();
    EXPECT_EQ(manifest.error().kind, ErrorKind::usage);
    return manifest.error().message;
  };
  const auto replaced = [](const char* path, const Json& value) {
    return Json::array({{{"op", "replace"}, {"path", path}, {"value", value}}});
  };
  EXPECT_EQ(message_for(replaced("/files/0/tokens", -1)),
            "m: files[0].tokens: got -1; allowed: an integer from 0 up");
  EXPECT_EQ(message_for(replaced("/files/0/split", "tain")),
            "m: files[0].split: got \"tain\"; allowed: one of train, val, test");
  EXPECT_EQ(message_for(replaced("/files/0/file", "../secret")),
            "m: files[0].file: got \"../secret\"; allowed: a name without folders");
  EXPECT_NE(message_for(replaced("/files/0", 3)).find("m: files[0]: got 3"), std::string::npos);
  EXPECT_NE(message_for(replaced("/files", "none")).find("files"), std::string::npos);
  EXPECT_NE(message_for(replaced("/shard/index", 16)).find("m: shard: "), std::string::npos);
  EXPECT_NE(message_for(replaced("/shard", 3)).find("m: shard: "), std::string::npos);
  EXPECT_NE(message_for(replaced("/format", "jsnl")).find("m: format: "), std::string::npos);
  EXPECT_NE(message_for(replaced("/latents", 1)).find("m: latents: "), std::string::npos);
  EXPECT_NE(message_for(replaced("/config", Json())).find("m: config: "), std::string::npos);
  EXPECT_FALSE(parse_manifest("{}", "m"));
  EXPECT_FALSE(parse_manifest("[1]", "m"));
  EXPECT_FALSE(parse_manifest("", "m"));
}

TEST(Manifest, OfAnotherStreamVersionIsRefusedByName) {
  Json manifest = Json::parse(manifest_text(full_manifest()));
  manifest["stream_version"] = 2;
  const std::string expected =
      "m: has stream version 2; this program makes stream version 1: use a newer one";
  EXPECT_EQ(parse_manifest(manifest.dump(), "m").error().message, expected);
  EXPECT_EQ(parse_config(manifest.dump(), "m").error().message, expected);
  manifest["stream_version"] = 0;
  EXPECT_EQ(parse_manifest(manifest.dump(), "m").error().message,
            "m: has stream version 0; this program makes stream version 1");
}

TEST(Manifest, TellsWhetherThereAreLabels) {
  Manifest manifest = full_manifest();
  EXPECT_FALSE(format_of(value_of(parse_manifest(manifest_text(manifest), "m"))).with_labels);
  manifest.head["labels"] = true;
  EXPECT_TRUE(format_of(value_of(parse_manifest(manifest_text(manifest), "m"))).with_labels);
  manifest.head["labels"] = 1;
  EXPECT_FALSE(parse_manifest(manifest_text(manifest), "m"));
}

TEST(Metadata, OfADatasetIsItsManifest) {
  const std::string text = manifest_text(full_manifest());
  EXPECT_EQ(manifest_text(*value_of(parse_metadata(text, "m"))), text);
  EXPECT_EQ(parse_metadata(text.substr(0, 40), "m").error().kind, ErrorKind::usage);
}

TEST(Metadata, OfDataThatNoConfigMadeHasNone) {
  Json json = {{"program", "synthgen"},
               {"curriculum", Json::object()},
               {"format", "jsonl"},
               {"latents", false},
               {"files", Json::array()}};
  const std::optional<Manifest> manifest = value_of(parse_metadata(json.dump(), "m"));
  ASSERT_TRUE(manifest);
  EXPECT_FALSE(manifest->head.contains("config"));
  json.erase("curriculum");
  EXPECT_EQ(parse_metadata(json.dump(), "m").error().message,
            "m: is not the manifest of a dataset");
  json["curriculum"] = Json::object();
  json["files"] = 3;
  EXPECT_EQ(parse_metadata(json.dump(), "m").error().message,
            "m: files: got 3; allowed: a list of files");
  json["files"] = Json::array();
  json["curriculum"] = {{"vocab_size", 0}, {"max_length", 2.5}};
  EXPECT_EQ(parse_metadata(json.dump(), "m").error().message,
            "m: curriculum.vocab_size: got 0; allowed: an integer from 1 up\n"
            "m: curriculum.max_length: got 2.5; allowed: an integer from 1 up");
}

TEST(Metadata, OfAnotherProgramIsNone) {
  for (const char* text :
       {"{}", "[1]", R"({"program": "other", "files": 3})", R"({"dataset": {}})"}) {
    EXPECT_FALSE(value_of(parse_metadata(text, "m"))) << text;
  }
}

TEST(Metadata, ThatEndsWithAManifestsChecksumIsOne) {
  Json json = Json::parse(manifest_text(full_manifest()));
  json["program"] = "other";
  EXPECT_TRUE(value_of(parse_metadata(json.dump(), "m")));
}

TEST(Manifest, AChangedByteIsNamed) {
  const std::string text = manifest_text(full_manifest());
  EXPECT_TRUE(check_manifest_text(text, "m"));
  for (std::size_t place = 0; place < text.size(); place += 211) {
    std::string changed = text;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    const Result<void> checked = check_manifest_text(changed, "m");
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, ErrorKind::data);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(place), '\n');
    EXPECT_EQ(checked.error().message, "m: byte " + std::to_string(place) + " (line " +
                                           std::to_string(line) + ") was changed");
  }
}

TEST(Manifest, OtherDamageIsFoundToo) {
  const std::string text = manifest_text(full_manifest());
  for (std::size_t size = 0; size < text.size(); size += 7) {
    EXPECT_FALSE(check_manifest_text(text.substr(0, size), "m")) << size;
  }
  EXPECT_FALSE(check_manifest_text(text + "\n", "m"));
  std::string changed = text;
  changed[20] = changed[21] = '?';
  EXPECT_EQ(check_manifest_text(changed, "m").error().message,
            "m: was changed: its checksum is not the one that it ends with");
  Json bare = Json::parse(text);
  bare.erase("manifest_xxh128");
  EXPECT_EQ(check_manifest_text(to_text(bare, 2), "m").error().message,
            "m: does not end with its checksum, as every manifest does");
}

TEST(Manifest, TheProgramsVersionDoesNotMakeAnotherDataset) {
  const Json head = full_manifest().head;
  Json other = head;
  other["version"] = "9.9.9";
  EXPECT_TRUE(same_dataset(head, other));
  other["seed"] = 8;
  EXPECT_FALSE(same_dataset(head, other));
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
