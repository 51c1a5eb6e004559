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
