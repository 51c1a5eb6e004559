#include "synthgen/analyze/counting/state_archive.hpp"

#include <gtest/gtest.h>
#include <map>

namespace synthgen {
namespace {

struct State {
  std::uint32_t number = 0;
  bool flag = false;
  std::string text;
  std::vector<double> values;
  std::vector<std::optional<std::uint64_t>> gaps;
  std::map<std::uint32_t, std::vector<std::uint64_t>> lists;
  std::array<FixedSum, 2> sums;

  void exchange(StateArchive& archive) { archive(number, flag, text, values, gaps, lists, sums); }
};

std::string bytes_of(State& state) {
  StateArchive archive;
  archive(state);
  return std::move(archive).bytes();
}

State example() {
  State state;
  state.number = 7;
  state.flag = true;
  state.text = "abc";
  state.values = {0.1, -1e300};
  state.gaps = {std::nullopt, UINT64_MAX};
  state.lists = {{1, {}}, {0xFFFFFFFF, {1, 2, 3}}};
  state.sums[1].add(-0.75);
  return state;
}

TEST(StateArchive, ReadsWhatItWrote) {
  State written = example();
  const std::string bytes = bytes_of(written);
  StateArchive archive(bytes);
  State read;
  read.values = {9, 9, 9};
  archive(read);
  EXPECT_FALSE(archive.malformed());
  EXPECT_TRUE(archive.at_end());
  EXPECT_EQ(read.number, 7U);
  EXPECT_TRUE(read.flag);
  EXPECT_EQ(read.text, "abc");
  EXPECT_EQ(read.values, written.values);
  EXPECT_EQ(read.gaps, written.gaps);
  EXPECT_EQ(read.lists, written.lists);
  EXPECT_EQ(read.sums[1].value(), -0.75);
  EXPECT_EQ(bytes_of(read), bytes);
}

TEST(StateArchive, FindsEveryTruncation) {
  State written = example();
  const std::string bytes = bytes_of(written);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    StateArchive archive(std::string_view(bytes).substr(0, size));
    State read;
    archive(read);
    EXPECT_TRUE(archive.malformed()) << size;
  }
}

TEST(StateArchive, BelievesNoSizeThatTheBytesCannotFill) {
  for (const std::uint64_t size : {std::uint64_t{2}, std::uint64_t{1} << 40, UINT64_MAX}) {
    std::string bytes;  // the size and one element, little-endian
    for (const std::uint64_t number : {size, std::uint64_t{5}}) {
      for (unsigned shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift);
    }
    StateArchive archive(bytes);
    std::vector<std::uint64_t> values;
    archive(values);
    EXPECT_TRUE(archive.malformed());
    EXPECT_TRUE(values.empty());
  }
}

}  // namespace
}  // namespace synthgen
