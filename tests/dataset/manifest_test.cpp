#include "synthgen/dataset/manifest.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/io/checksum.hpp"

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
  EXPECT_EQ(
      message_for(replaced("/files/0/split", "tain")),
      "m: files[0].split: got \"tain\"; allowed: one of train, val, test (did you mean train?)");
  EXPECT_EQ(message_for(replaced("/files/0/file", "../secret")),
            "m: files[0].file: got \"../secret\"; allowed: a name without folders");
  EXPECT_NE(message_for(replaced("/files/0", 3)).find("m: files[0]: got 3"), std::string::npos);
  EXPECT_NE(message_for(replaced("/files", "none")).find("files"), std::string::npos);
  EXPECT_EQ(message_for(replaced("/shard/index", 16)),
            "m: shard.index: got 16; allowed: an index below the count of shards");
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

TEST(Manifest, AnyChangedByteIsFound) {
  const std::string text = manifest_text(full_manifest());
  EXPECT_EQ(manifest_damage(text), "");
  for (std::size_t place = 0; place < text.size(); place += 7) {
    std::string changed = text;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    EXPECT_NE(manifest_damage(changed), "") << place;
  }
}

TEST(Manifest, OtherDamageIsFoundToo) {
  const std::string text = manifest_text(full_manifest());
  for (std::size_t size = 0; size < text.size(); size += 7) {
    EXPECT_NE(manifest_damage(text.substr(0, size)), "") << size;
  }
  EXPECT_NE(manifest_damage(text + "\n"), "");
  EXPECT_EQ(manifest_damage("{}"), "is cut short");
  std::string changed = text;
  changed[20] = changed[21] = '?';
  EXPECT_EQ(manifest_damage(changed), "was changed: its checksum does not match");
  Json bare = Json::parse(text);
  bare.erase("manifest_xxh128");
  EXPECT_EQ(manifest_damage(to_text(bare, 2)),
            "does not end with its checksum, as every manifest does");
}

TEST(Manifest, TheProgramsVersionDoesNotMakeAnotherDataset) {
  const Json head = full_manifest().head;
  Json other = head;
  other["version"] = "9.9.9";
  EXPECT_TRUE(same_dataset(head, other));
  other["seed"] = 8;
  EXPECT_FALSE(same_dataset(head, other));
}

TEST(Manifest, DifferencesNameTheKeysAndBothValues) {
  const Json head = Json::parse(
      R"({"version": "1", "seed": 1, "config": {"seed": 1, "vocab_size": 9}, "format": "npy"})");
  const Json other = Json::parse(
      R"({"version": "2", "seed": 2, "config": {"seed": 2, "noise": 0.5, "vocab_size": 9}})");
  EXPECT_EQ(differences(head, other),
            (std::vector<std::string>{"noise nothing and 0.5", "seed 1 and 2",
                                      "format \"npy\" and nothing"}));
}

}  // namespace
}  // namespace synthgen
