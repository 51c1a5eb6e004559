#include "synthgen/formats/format.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::Tokens;
using testing::value_of;

/// The sequences of a table and the faults in it.
struct ReadTable {
  std::vector<Tokens> sequences;
  std::vector<std::string> faults;
};

ReadTable read(std::string_view text) {
  const auto reader = find_format("csv")->open_lines(lines_of_text(text), "data.csv");
  SequenceBatch batch;
  ReadTable table;
  value_of(reader->read(batch, UINT64_MAX, nullptr,
                        [&](const Fault& fault) { table.faults.push_back(fault.text()); }));
  table.sequences = testing::sequences_of(batch);
  return table;
}

TEST(CsvReader, RowsThatAreShorterThanTheWritersHeaderWereCutOff) {
  const std::string whole = "\xEF\xBB\xBFt0,t1,t2\r\n1,2,3\r\n4,,\n,,\n5,16,\n";
  EXPECT_EQ(read(whole).sequences, (std::vector<Tokens>{{1, 2, 3}, {4}, {}, {5, 16}}));
  EXPECT_TRUE(read(whole).faults.empty());
  for (const std::size_t missing : {2U, 3U, 4U, 5U}) {
    const ReadTable cut = read(std::string_view(whole).substr(0, whole.size() - missing));
    EXPECT_EQ(cut.sequences, (std::vector<Tokens>{{1, 2, 3}, {4}, {}}));
    const char* found = missing == 5 ? "1 column" : "2 columns";
    EXPECT_EQ(cut.faults, std::vector<std::string>{"data.csv:5: is cut off: " + std::string(found) +
                                                   " where the header names 3"});
  }
  const ReadTable inside = read("t0,t1\n1,2\n3\n4,5\n");
  EXPECT_EQ(inside.sequences, (std::vector<Tokens>{{1, 2}, {4, 5}}));
  EXPECT_EQ(inside.faults,
            std::vector<std::string>{"data.csv:3: is cut off: 1 column where the header names 2"});
}

TEST(CsvFormat, LabelsAreColumnsAfterTheTokens) {
  SequenceBatch batch = testing::batch_of({{5, 6, 7}});
  batch.set_labels(std::vector<std::int64_t>{ignored_label, 4294967295, 0});
  batch.append(Tokens{});
  batch.append(Tokens{9});
  batch.set_labels({});
  batch.append(Tokens{8, 1});
  batch.set_labels(std::vector<std::int64_t>{8, ignored_label});
  batch.set_padding(1);
  const FilePlan plan{.stem = "train", .sequences = 4, .lengths = {0, 3}, .vocab_size = 10};
  const auto encoder = value_of(make_encoder({.format = "csv", .with_labels = true}, plan));
  EncodedChunk chunk;
  value_of(encoder->encode(batch, chunk));
  const std::string text = encoder->head() + chunk.bytes;
  EXPECT_EQ(text, "t0,t1,t2,l0,l1,l2\n5,6,7,-100,4294967295,0\n,,,,,\n9,,,,,\n8,,,8,,\n");

  const auto reader = find_format("csv")->open_lines(lines_of_text(text), "data.csv");
  const SequenceBatch back = value_of(reader->read_all());
  EXPECT_EQ(testing::sequences_of(back), (std::vector<Tokens>{{5, 6, 7}, {}, {9}, {8}}));
  const auto labels = [&](std::size_t i) {
    return std::vector<std::int64_t>(back.labels_of(i).begin(), back.labels_of(i).end());
  };
  EXPECT_EQ(labels(0), (std::vector<std::int64_t>{ignored_label, 4294967295, 0}));
  EXPECT_EQ(labels(2), std::vector<std::int64_t>());
  EXPECT_EQ(labels(3), std::vector<std::int64_t>{8});
}

TEST(CsvReader, LabelsThatDoNotFitTheTokensAreFaults) {
  const auto fault = [](const std::string& row) {
    const ReadTable table = read("t0,t1,l0,l1\n1,2,-100,2\n" + row + "\n3,,0,\n");
    EXPECT_EQ(table.sequences, (std::vector<Tokens>{{1, 2}, {3}})) << row;
    EXPECT_EQ(table.faults.size(), 1U) << row;
    return table.faults.empty() ? "" : table.faults[0];
  };
  EXPECT_EQ(fault("1,2,3,"), "data.csv:3: has 1 label for 2 tokens");
  EXPECT_EQ(fault("1,,3,4"), "data.csv:3: has 2 labels for 1 token");
  EXPECT_EQ(fault("1,2,,4"), "data.csv:3: column l0 is empty, but l1 is not");
  EXPECT_EQ(fault("1,2,-1,4"),
            "data.csv:3: column l0: \"-1\" where a label belongs: an id, or -100");
  EXPECT_EQ(fault("1,2,3,4x"),
            "data.csv:3: column l1: \"4x\" where a label belongs: an id, or -100");
  EXPECT_EQ(fault("1,2,3"), "data.csv:3: is cut off: 3 columns where the header names 4");
}

TEST(CsvReader, RowsOfOtherTablesMayEndAnywhere) {
  const std::vector<Tokens> rows{{1, 2, 3}, {4}};
  for (const char* header : {"", "a,b,c\n", "t1,t2,t3\n", "t0,t1,other\n", "tokens\n"}) {
    const ReadTable table = read(std::string(header) + "1,2,3\n4");
    EXPECT_EQ(table.sequences, rows) << header;
    EXPECT_TRUE(table.faults.empty()) << header;
  }
}

}  // namespace
}  // namespace synthgen
