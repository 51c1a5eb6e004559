#include "synthgen/formats/jsonl/jsonl_reader.hpp"

#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::sequences_of;
using testing::TemporaryDirectory;
using testing::Tokens;
using testing::value_of;

class JsonlFile : public ::testing::Test {
 protected:
  std::vector<Tokens> loaded(std::string_view bytes) const {
    return sequences_of(value_of(load_synthetic_data(directory.with("d.jsonl", bytes))));
  }

  /// The error of loading a file, without its directory.
  std::string refusal(std::string_view bytes, ErrorKind kind = ErrorKind::data) const {
    const auto batch = load_synthetic_data(directory.with("d.jsonl", bytes));
    if (batch) return "loaded";
    EXPECT_EQ(batch.error().kind, kind);
    const std::string& message = batch.error().message;
    EXPECT_EQ(message.rfind(directory.path() + '/', 0), 0U) << message;
    return message.substr(directory.path().size() + 1);
  }

  TemporaryDirectory directory;
};

TEST_F(JsonlFile, MayMixItsForms) {
  EXPECT_EQ(loaded("{\"input_ids\":[1,2]}\n{\"tokens\":[3]}\n[4,5,6]\n"),
            (std::vector<Tokens>{{1, 2}, {3}, {4, 5, 6}}));
}

TEST_F(JsonlFile, MayEndWithoutANewline) {
  EXPECT_EQ(loaded("[1]\n[2]"), (std::vector<Tokens>{{1}, {2}}));
}

TEST_F(JsonlFile, MayComeFromWindows) {
  EXPECT_EQ(loaded("\xEF\xBB\xBF[1]\r\n[2]\r\n\r\n"), (std::vector<Tokens>{{1}, {2}}));
}

TEST_F(JsonlFile, MayEndWithBlankLines) {
  EXPECT_EQ(loaded("[1]\n\n \t\n\n"), (std::vector<Tokens>{{1}}));
  EXPECT_EQ(loaded("[1]\n   "), (std::vector<Tokens>{{1}}));
}

TEST_F(JsonlFile, MayBeEmpty) {
  EXPECT_TRUE(loaded("").empty());
  EXPECT_TRUE(loaded("\n\n").empty());
  EXPECT_TRUE(loaded("\xEF\xBB\xBF").empty());
}

TEST_F(JsonlFile, KeepsEmptySequences) {
  EXPECT_EQ(loaded("[]\n{\"input_ids\":[]}\n[1]\n"), (std::vector<Tokens>{{}, {}, {1}}));
}

TEST_F(JsonlFile, ABlankLineBetweenSequencesIsAFaultOfItsLine) {
  EXPECT_EQ(refusal("[1]\n\n\n[2]\n"), "d.jsonl:2: blank line between sequences");
}

TEST_F(JsonlFile, MayBeJoinedFromFilesWithByteOrderMarks) {
  EXPECT_EQ(loaded("\xEF\xBB\xBF[1]\n\xEF\xBB\xBF[2]\n"), (std::vector<Tokens>{{1}, {2}}));
}

TEST_F(JsonlFile, AFaultNamesFileAndLine) {
  EXPECT_EQ(refusal("[1]\n[2,-3]\n"), "d.jsonl:2: token 1: negative id -3");
  EXPECT_EQ(refusal("[1]\r\n[2]\r\n[4294967296]\r\n"),
            "d.jsonl:3: token 0: id 4294967296 is above 4294967295");
}

TEST_F(JsonlFile, ACutLastLineIsAFault) {
  EXPECT_EQ(refusal("{\"input_ids\":[1,2]}\n{\"input_ids\":[3,").rfind("d.jsonl:2: not JSON", 0),
            0U);
}

TEST_F(JsonlFile, AZeroByteIsAFaultAndNotAnEnd) {
  EXPECT_EQ(refusal(std::string_view("[1]\n[2\0]\n[3]\n", 13)).rfind("d.jsonl:2: ", 0), 0U);
}

TEST_F(JsonlFile, ReadingGoesOnBehindFaultsThatAreTaken) {
  const std::string path =
      directory.with("d.jsonl", "[1]\nx\n[2,2]\n\n[-1]\n{\"input_ids\":[3,\"\"]}\n[3]\n[4,");
  JsonlReader reader(lines_of(stream_of(value_of(open_bytes(path)))), path);
  SequenceBatch batch;
  std::vector<std::uint64_t> lines;
  std::vector<Fault> faults;
  const auto more = reader.read(batch, UINT64_MAX, &lines,
                                [&](Fault fault) { faults.push_back(std::move(fault)); });
  EXPECT_FALSE(value_of(more));
  EXPECT_EQ(sequences_of(batch), (std::vector<Tokens>{{1}, {2, 2}, {3}}));
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{1, 3, 7}));
  std::vector<std::pair<std::uint64_t, FaultKind>> found;
  for (const Fault& fault : faults) {
    EXPECT_EQ(fault.file, path);
    EXPECT_EQ(fault.text(), path + ':' + std::to_string(fault.line) + ": " + fault.message);
    found.emplace_back(fault.line, fault.kind);
  }
  EXPECT_EQ(found, (std::vector<std::pair<std::uint64_t, FaultKind>>{{2, FaultKind::malformed},
                                                                     {4, FaultKind::malformed},
                                                                     {5, FaultKind::negative_id},
                                                                     {6, FaultKind::malformed},
                                                                     {8, FaultKind::malformed}}));
}

TEST_F(JsonlFile, IsReadInPiecesOfEnoughTokens) {
  const std::string bytes = "[1,1,1]\n[2]\n[]\n[3,3]\n[4]\n";
  const std::string path = directory.with("d.jsonl", bytes);
  JsonlReader reader(lines_of(stream_of(value_of(open_bytes(path)))), path);
  EXPECT_EQ(reader.size_bytes(), bytes.size());
  EXPECT_EQ(reader.bytes_read(), 0U);
  std::vector<std::vector<Tokens>> pieces;
  for (bool more = true; more;) {
    SequenceBatch batch;
    more = value_of(reader.read(batch, 3));
    pieces.push_back(sequences_of(batch));
  }
  EXPECT_EQ(pieces, (std::vector<std::vector<Tokens>>{{{1, 1, 1}}, {{2}, {}, {3, 3}}, {{4}}}));
  EXPECT_EQ(reader.bytes_read(), bytes.size());
}

TEST_F(JsonlFile, ALineOfAMillionTokensIsALineLikeAnyOther) {
  std::string line = "[";
  for (int i = 0; i < 1000000; ++i) line += "7,";
  line.back() = ']';
  const std::vector<Tokens> sequences = loaded(line + "\n[1]\n");
  ASSERT_EQ(sequences.size(), 2U);
  EXPECT_EQ(sequences[0], Tokens(1000000, 7));
}

TEST_F(JsonlFile, MissingIsAnIoError) {
  const auto batch = load_synthetic_data(directory.file("none.jsonl"));
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().kind, ErrorKind::io);
  EXPECT_EQ(batch.error().message,
            directory.file("none.jsonl") + ": cannot open: No such file or directory");
}

TEST_F(JsonlFile, ADirectoryIsAnIoError) {
  const auto batch = load_synthetic_data(directory.path());
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().kind, ErrorKind::io);
  EXPECT_EQ(batch.error().message.rfind(directory.path() + ": ", 0), 0U) << batch.error().message;
  EXPECT_NE(batch.error().message.find("directory"), std::string::npos) << batch.error().message;
}

TEST_F(JsonlFile, ReadingWhatWasWrittenGivesTheSame) {
  const SequenceBatch batch = testing::random_batch(31, 200);
  std::string bytes;
  append_jsonl(batch, bytes);
  EXPECT_EQ(loaded(bytes), sequences_of(batch));
  SequenceBatch generated;
  testing::generator_of(R"({"generator": "pattern", "noise_probability": 0.1})")
      .generate(Split::train, 0, 5, generated, true);
  bytes.clear();
  append_jsonl(generated, bytes);
  EXPECT_EQ(loaded(bytes), sequences_of(generated));
}

TEST(JsonlText, IsReadAsAFileOfThatTextWouldBe) {
  for (const std::string& text :
       {std::string("[1,2]\n{\"tokens\":[3]}\r\n"), std::string("\xEF\xBB\xBF[1]\n[2]"),
        std::string(), std::string("[1]\n\n"), std::string("[1]\n\n[2]\n"),
        std::string("[1]\n[x]")}) {
    const TemporaryDirectory directory;
    const std::string path = directory.with("data.jsonl", text);
    const Result<SequenceBatch> from_file = load_synthetic_data(path);
    const Result<SequenceBatch> from_text = parse_synthetic_data(text, path);
    ASSERT_EQ(from_file.has_value(), from_text.has_value()) << text;
    if (!from_file) {
      EXPECT_EQ(from_text.error().message, from_file.error().message);
      continue;
    }
    EXPECT_EQ(from_text->tokens, from_file->tokens);
    EXPECT_EQ(from_text->offsets, from_file->offsets);
  }
}

}  // namespace
}  // namespace synthgen
