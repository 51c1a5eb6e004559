#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/file_plan.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

TEST(Formats, EachIsFoundByItsName) {
  ASSERT_FALSE(formats().empty());
  EXPECT_EQ(formats().front()->name, "jsonl");
  for (const FormatEntry* entry : formats()) {
    EXPECT_EQ(find_format(entry->name), entry);
    EXPECT_EQ(file_name({.format = std::string(entry->name)}, "train"),
              "train" + std::string(entry->extension));
  }
  EXPECT_EQ(find_format("jsonll"), nullptr);
}

TEST(Formats, AnUnknownOneIsRefusedWithTheKnownOnes) {
  const auto encoder = make_encoder({.format = "docx"}, {});
  ASSERT_FALSE(encoder);
  EXPECT_EQ(encoder.error().kind, ErrorKind::usage);
  EXPECT_EQ(encoder.error().message.rfind("format: got \"docx\"; allowed: one of jsonl", 0), 0U)
      << encoder.error().message;
}

TEST(Formats, EachDescribesItself) {
  for (const FormatEntry* entry : formats()) {
    SCOPED_TRACE(entry->name);
    EXPECT_TRUE(entry->has_extension(entry->extension));
    for (const std::string_view other : entry->other_extensions) {
      EXPECT_TRUE(entry->has_extension(other));
    }
    EXPECT_FALSE(entry->has_extension(".docx"));
    EXPECT_NE(entry->open == nullptr, entry->open_lines == nullptr) << "one way to read it";
    EXPECT_EQ(entry->is_text(), entry->dtypes.empty());
    EXPECT_FALSE(entry->summary.empty());
    EXPECT_FALSE(entry->content.empty());
  }
}

TEST(Formats, TheTableHasEveryFormatForPrograms) {
  const Json table = format_table();
  ASSERT_EQ(table.size(), formats().size());
  EXPECT_EQ(table[0]["name"], "jsonl");
  EXPECT_EQ(table[0]["extensions"][0], ".jsonl");
  for (const Json& row : table) {
    const FormatEntry* entry = find_format(row["name"].get<std::string>());
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(row["extension"], entry->extension);
    EXPECT_EQ(row["extensions"].size(), 1 + entry->other_extensions.size());
    EXPECT_EQ(row["dtypes"].size(), entry->dtypes.size());
    EXPECT_EQ(row["in_memory"],
              !(row["name"] == "bin" || row["name"] == "llmc" || row["name"] == "megatron"));
  }
}

TEST(Formats, BinSaysWhenNanoGptCannotReadItsType) {
  const auto note = [](const FormatOptions& options, std::uint64_t vocab_size) {
    const FilePlan plan{.stem = "train",
                        .sequences = 1,
                        .lengths = {4, 4},
                        .vocab_size = vocab_size,
                        .dataset_vocab_size = vocab_size};
    const std::vector<std::string> notes = format_notes(options, plan);
    return notes.empty() ? std::string() : notes.front();
  };
  EXPECT_EQ(note({.format = "bin"}, 65536), "");
  EXPECT_EQ(note({.format = "bin"}, 65537),
            "bin: ids up to 65536 are written as uint32, but nanoGPT's train.py reads train.bin as "
            "uint16 and would see other ids; keep vocab_size and separator within 65536, or "
            "replace np.uint16 by np.uint32 in its get_batch");
  EXPECT_NE(note({.format = "bin", .separator = 65536}, 1000), "") << "the separator is an id too";
  EXPECT_EQ(note({.format = "bin", .separator = 65535}, 1000), "");
  EXPECT_NE(note({.format = "bin", .dtype = "uint32"}, 10).find("use dtype uint16, which holds"),
            std::string::npos);
  EXPECT_EQ(note({.format = "npy"}, 70000), "");
  EXPECT_EQ(note({.format = "bin", .dtype = "int64"}, 70000), "") << "refused, so nothing to note";
}

TEST(FormatOptions, AreReadBackAsTheyWereWritten) {
  const FormatOptions options{.format = "bin", .dtype = "uint32", .separator = 70000};
  EXPECT_EQ(to_json(value_of(read_format_options(to_json(options)))), to_json(options));
  EXPECT_EQ(value_of(read_format_options(Json::object())).format, "jsonl");
  const FormatOptions labelled{
      .with_latents = true, .with_labels = true, .compress = can_compress() ? "gzip" : ""};
  EXPECT_EQ(to_json(value_of(read_format_options(to_json(labelled)))), to_json(labelled));
}

TEST(FormatOptions, NameEveryProblemAtOnce) {
  const auto wrong = read_format_options(
      {{"format", 3}, {"latents", "yes"}, {"separator", -1}, {"compres", "gzip"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
  EXPECT_EQ(wrong.error().message,
            "format: got 3; allowed: a string\n"
            "latents: got \"yes\"; allowed: true or false\n"
            "separator: got -1; allowed: an integer from 0 to 4294967295\n"
            "compres: is not a known key; did you mean compress?");
  const auto unknown = read_format_options({{"format", "docx"}});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("format: got \"docx\"; allowed: one of jsonl"),
            std::string::npos);
}

TEST(OpenSequences, AnIndexDecidesBetweenFormatsWithOneExtension) {
  const testing::TemporaryDirectory directory;
  using namespace std::string_literals;
  const std::string ids = directory.with("train.bin", "\1\0\2\0"s);
  const auto unknown = open_sequences(ids);
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("train_metadata.json"), std::string::npos);
  directory.with("train_metadata.json", R"({"dtype": "uint16", "seq_length": 1})");
  EXPECT_EQ(value_of(value_of(open_sequences(ids))->read_all()).size(), 2U);
  directory.with("train.idx", "no index");
  EXPECT_NE(open_sequences(ids).error().message.find("not Megatron's index"), std::string::npos);
}

TEST(OpenSequences, NameAndContentMustAgree) {
  const auto message = [](std::string_view bytes, const char* name) {
    const auto opened = open_sequences_in(bytes, name);
    return opened ? std::string("none") : opened.error().message;
  };
  EXPECT_EQ(message("\x93NUMPY", "a.jsonl"), "a.jsonl: is named .jsonl, but its content is NPY");
  EXPECT_EQ(message("PK\x03\x04", "a.safetensors"),
            "a.safetensors: is named .safetensors, but its content is a ZIP, as PyTorch writes");
  EXPECT_EQ(message("[1]", "a.gz"), "a.gz: is named .gz, but its content is text");
  EXPECT_EQ(message("\x1f\x8b", "a.npy"), "a.npy: is named .npy, but its content is gzip");
  EXPECT_EQ(message("[1]", "a.ndjson"), "none");
  EXPECT_EQ(message("[1]", "a"), "none");
  EXPECT_NE(message("\x93NUMPY", "a").find("NPY"), std::string::npos) << "read by its content";
}

TEST(FilePlan, BoundsEveryLengthThatItsSplitCanHave) {
  for (const char* text :
       {R"({"generator": "random", "seq_length": 20})",
        R"({"generator": "pattern", "seq_length": 20, "length_variation": 0.5})",
        R"({"generator": "conditional", "seq_length": 20, "length_variation": 0.3})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20,
            "templates": [[1, 2, 3], {"elements": [4, "RANDOM"]}]})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20, "template_fill": "natural",
            "templates": [[1, 2, 3], [4, "RANDOM"]], "length_variation": 0.9})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20, "template_fill": "cycle",
            "templates": [[1, 2, 3]]})",
        R"({"generator": "mixture", "seq_length": 9, "components": [
            {"config": {"generator": "random", "seq_length": 30}},
            {"config": {"generator": "pattern", "length_variation": 0.5}}]})"}) {
    const Generator generator = generator_of(text);
    const FilePlan plan = plan_of(generator, Split::val, "val", 300);
    SequenceBatch batch;
    value_of(generator.generate(Split::val, 0, 300, batch));
    std::uint64_t shortest = UINT64_MAX;
    std::uint64_t longest = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      shortest = std::min<std::uint64_t>(shortest, batch.content(i).size());
      longest = std::max<std::uint64_t>(longest, batch[i].size());
    }
    EXPECT_EQ(plan.lengths, (LengthRange{shortest, longest})) << text;
    EXPECT_EQ(plan.sequences, 300U);
  }
}

TEST(FilePlan, IsThatOfItsSplit) {
  const Generator generator = generator_of(
      R"({"seq_length": 20, "splits": {"test": {"seq_length": 50, "vocab_size": 70}}})");
  EXPECT_EQ(plan_of(generator, Split::train, "train", 1).lengths, (LengthRange{20, 20}));
  const FilePlan plan = plan_of(generator, Split::test, "test", 1);
  EXPECT_EQ(plan.lengths, (LengthRange{50, 50}));
  EXPECT_EQ(plan.vocab_size, 70U);
}

}  // namespace
}  // namespace synthgen
