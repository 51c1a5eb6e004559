#include "synthgen/analyze/split_overlap.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;
using testing::value_of;

std::string text_of(const SplitOverlap& overlap) {
  const SplitOverlap::Report report = value_of(overlap.report());
  EXPECT_TRUE(report.error_bounds.empty());
  return to_text(report.pairs);
}

TEST(SplitOverlap, KnownAnswers) {
  SplitOverlap overlap;
  EXPECT_EQ(text_of(overlap), "{}");
  ASSERT_TRUE(overlap.add(Split::val, batch_of({{1, 2}, {1, 2}, {3}, {9}, {}})));
  EXPECT_EQ(text_of(overlap), "{}");
  ASSERT_TRUE(overlap.add(Split::train, batch_of({{1, 2}, {2, 1}, {3}, {3}, {}})));
  ASSERT_TRUE(overlap.add(Split::test, batch_of({{2, 1}})));
  EXPECT_EQ(text_of(overlap), R"({"train/val":{"sequences":3,"share":0.75},)"
                              R"("train/test":{"sequences":1,"share":1.0},)"
                              R"("val/test":{"sequences":0,"share":0.0}})");
}

TEST(SplitOverlap, OfASplitWithoutTokensIsNull) {
  SplitOverlap overlap;
  ASSERT_TRUE(overlap.add(Split::train, batch_of({{1}})));
  ASSERT_TRUE(overlap.add(Split::val, batch_of({{}})));
  EXPECT_EQ(text_of(overlap), R"({"train/val":{"sequences":0,"share":null}})");
}

/// 15000 sequences of the one split and 5000 of the other, many of them equal, in turns.
class ManySequences : public ::testing::Test {
 protected:
  ManySequences() {
    for (int i = 0; i < 20000; ++i) {
      for (std::uint32_t& token : batch_.append(3)) token = source_() % 16;
    }
    const std::vector<Tokens> sequences = testing::sequences_of(batch_);
    const std::set<Tokens> train(sequences.begin(), sequences.begin() + 15000);
    for (std::size_t i = 15000; i < 20000; ++i) shared_ += train.contains(sequences[i]) ? 1 : 0;
  }

  SplitOverlap::Report report_within(const CountLimits& limits) {
    SplitOverlap overlap(limits);
    for (std::size_t i = 0; i < 40; ++i) {
      const std::size_t part = i * 27 % 40;
      const Split split = part < 30 ? Split::train : Split::val;
      EXPECT_TRUE(overlap.add(split, testing::part_of(batch_, part * 500, 500)));
    }
    return value_of(overlap.report());
  }

  PhiloxEngine source_{5};
  SequenceBatch batch_;
  std::uint64_t shared_ = 0;
};

TEST_F(ManySequences, AgreeWithASetInMemoryAndWithFiles) {
  for (const std::uint64_t bytes : {UINT64_MAX, std::uint64_t{1} << 14}) {
    if (bytes < UINT64_MAX && !can_spill) continue;
    const SplitOverlap::Report report = report_within({.bytes = bytes});
    EXPECT_EQ(report.pairs["train/val"]["sequences"], shared_);
    EXPECT_EQ(report.pairs["train/val"]["share"], static_cast<double>(shared_) / 5000);
    EXPECT_TRUE(report.error_bounds.empty());
  }
}

TEST_F(ManySequences, AreEstimatedWithinTheirErrorWithoutFiles) {
  const SplitOverlap::Report report = report_within({.bytes = 1 << 16, .approximate = true});
  const double error = report.error_bounds["train/val"]["standard_error"];
  EXPECT_GT(error, 0);
  EXPECT_LT(error, 0.05);
  EXPECT_NEAR(report.pairs["train/val"]["share"], static_cast<double>(shared_) / 5000, 4 * error);
  // The count also depends on how many sequences the sample happens to hold.
  EXPECT_NEAR(report.pairs["train/val"]["sequences"], static_cast<double>(shared_), 1000);
}

}  // namespace
}  // namespace synthgen
