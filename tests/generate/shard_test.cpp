#include "synthgen/generate/shard.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

TEST(Shard, PartsFollowOneAnotherAndDifferByOneSequenceAtMost) {
  constexpr std::uint64_t largest = (std::uint64_t{1} << 53) - 1;
  for (const std::uint64_t sequences : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{15},
                                        std::uint64_t{16}, std::uint64_t{1000003}, largest}) {
    for (const std::uint32_t count : {1U, 2U, 7U, 16U, most_shards}) {
      if (count == most_shards && sequences != largest) continue;
      std::uint64_t next = 0;
      std::uint64_t smallest = largest;
      std::uint64_t greatest = 0;
      for (std::uint32_t index = 0; index < count; ++index) {
        const SequenceRange range = range_of({index, count}, sequences);
        ASSERT_EQ(range.first, next) << sequences << " in " << count;
        next += range.size;
        smallest = std::min(smallest, range.size);
        greatest = std::max(greatest, range.size);
      }
      EXPECT_EQ(next, sequences);
      EXPECT_LE(greatest - smallest, 1U);
    }
  }
}

TEST(Shard, TheWholeDatasetIsOnePartWithoutANumber) {
  EXPECT_EQ(range_of({}, 12).first, 0U);
  EXPECT_EQ(range_of({}, 12).size, 12U);
  EXPECT_EQ(shard_file("train", {}, ".jsonl"), "train.jsonl");
  EXPECT_EQ(text(Shard{}), "the dataset");
}

TEST(Shard, FilesAreNumberedFromZeroWithFiveDigits) {
  EXPECT_EQ(shard_file("train", {3, 16}, ".jsonl"), "train-00003-of-00016.jsonl");
  EXPECT_EQ(shard_file("metadata", {99998, 99999}, ".json"), "metadata-99998-of-99999.json");
  EXPECT_EQ(text(Shard{3, 16}), "shard 3 of 16");
}

TEST(Shard, RangesAreReadAsWritten) {
  EXPECT_EQ(value_of(parse_shard_range("3/16")), (ShardRange{3, 3, 16}));
  EXPECT_EQ(value_of(parse_shard_range("3-7/16")), (ShardRange{3, 7, 16}));
  EXPECT_EQ(value_of(parse_shard_range("0/1")), (ShardRange{0, 0, 1}));
  EXPECT_EQ(value_of(parse_shard_range("0-99998/99999")), (ShardRange{0, 99998, 99999}));
}

TEST(Shard, WhatIsNoRangeIsRefusedWithWhatIsAllowed) {
  for (const char* text : {"",       "3",       "/",     "3/",    "/16",      "16/16",
                           "7-3/16", "3-16/16", "-1/16", "3/0",   "3/100000", "3/16 ",
                           " 3/16",  "3-/16",   "+3/16", "3/16x", "3//16",    "99999999999/16",
                           "0x1/16", "1.0/16"}) {
    const Result<ShardRange> range = parse_shard_range(text);
    ASSERT_FALSE(range) << text;
    EXPECT_EQ(range.error().kind, ErrorKind::usage);
    EXPECT_NE(range.error().message.find("allowed: I/N or I-J/N"), std::string::npos);
  }
}

}  // namespace
}  // namespace synthgen
