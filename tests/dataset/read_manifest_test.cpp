#include "synthgen/dataset/read_manifest.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

constexpr std::string_view good = R"({"program": "synthgen", "config": {"vocab_size": 7},
  "files": [{"file": "val.jsonl", "split": "val", "first_sequence": 1, "sequences": 2, "tokens": 3,
             "bytes": 4, "xxh128": "ab"}]})";

TEST(ReadManifest, GivesTheConfigAndTheRecordsOfTheFiles) {
  const ManifestListing manifest = *value_of(read_manifest(good, "m"));
  ASSERT_TRUE(manifest.config);
  EXPECT_EQ(manifest.config->vocab_size, 7);
  ASSERT_EQ(manifest.files.size(), 1U);
  const FileRecord& record = manifest.files[0];
  EXPECT_EQ(record.file, "val.jsonl");
  EXPECT_EQ(record.split, Split::val);
  EXPECT_EQ(record.first_sequence, 1U);
  EXPECT_EQ(record.sequences, 2U);
  EXPECT_EQ(record.tokens, 3U);
  EXPECT_EQ(record.bytes, 4U);
  EXPECT_EQ(record.checksum, "ab");
}

TEST(ReadManifest, ReadsWhatDatasetsGet) {
  const Generator generator = testing::generator_of(R"({"num_train": 3, "num_val": 2})");
  const DatasetEncoder encoder = value_of(DatasetEncoder::create(generator));
  const ManifestListing manifest = *value_of(read_manifest(encoder.manifest(), "m"));
  EXPECT_EQ(canonical_config(*manifest.config), canonical_config(generator.config()));
  ASSERT_EQ(manifest.files.size(), encoder.files().size());
  for (std::size_t i = 0; i < manifest.files.size(); ++i) {
    EXPECT_EQ(manifest.files[i].file, encoder.files()[i].file);
    EXPECT_EQ(manifest.files[i].sequences, encoder.files()[i].sequences);
    EXPECT_EQ(manifest.files[i].checksum, encoder.files()[i].checksum);
  }
}

TEST(ReadManifest, ReadsTheRecordsOfFilesThatBelongToOthers) {
  std::string text(good);
  text.replace(text.find("\"ab\"}"), 5,
               R"("ab", "side_files": [{"file": "val.lengths", "bytes": 8, "xxh128": "cd"}]})");
  const ManifestListing manifest = *value_of(read_manifest(text, "m"));
  ASSERT_EQ(manifest.files[0].side_files.size(), 1U);
  EXPECT_EQ(manifest.files[0].side_files[0].file, "val.lengths");
  EXPECT_EQ(manifest.files[0].side_files[0].bytes, 8U);
  EXPECT_EQ(manifest.files[0].side_files[0].checksum, "cd");
  text.replace(text.find("val.lengths"), 3, "../");
  const auto outside = read_manifest(text, "m");
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().message,
            "m: files[0].side_files[0].file: is missing or not what it should be");
}

TEST(ReadManifest, OfAnotherProgramIsNone) {
  for (const char* text :
       {"{}", "[1]", R"({"program": "other", "files": 3})", R"({"dataset": {}})"}) {
    EXPECT_FALSE(value_of(read_manifest(text, "m"))) << text;
  }
}

Error error_of(const std::string& text) {
  const auto manifest = read_manifest(text, "m");
  EXPECT_FALSE(manifest) << text;
  return manifest ? Error() : manifest.error();
}

std::string changed(std::string_view from, std::string_view to) {
  std::string text(good);
  return text.replace(text.find(from), from.size(), to);
}

TEST(ReadManifest, NamesWhatIsMalformed) {
  EXPECT_EQ(error_of("{").kind, ErrorKind::usage);
  EXPECT_EQ(error_of(changed("\"vocab_size\": 7", "\"vocab_size\": 1")).kind, ErrorKind::usage);
  EXPECT_EQ(error_of(R"({"program": "synthgen"})").message, "m: files: is no list");
  EXPECT_EQ(error_of(R"({"program": "synthgen", "files": [3]})").message,
            "m: files[0]: is not an object");
  for (const auto& [from, to, key] :
       std::vector<std::array<const char*, 3>>{{"\"val\"", "\"dev\"", "split"},
                                               {": 2", ": -2", "sequences"},
                                               {": 3", ": 2.5", "tokens"},
                                               {": 4", ": null", "bytes"},
                                               {"\"ab\"", "5", "xxh128"},
                                               {"val.jsonl", "../val.jsonl", "file"},
                                               {"val.jsonl", "..", "file"},
                                               {"val.jsonl", "", "file"}}) {
    const Error error = error_of(changed(from, to));
    EXPECT_EQ(error.kind, ErrorKind::data);
    EXPECT_EQ(error.message,
              std::string("m: files[0].") + key + ": is missing or not what it should be");
  }
}

}  // namespace
}  // namespace synthgen
