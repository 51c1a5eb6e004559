#include "synthgen/analyze/split_overlap.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

TEST(SplitOverlap, KnownAnswers) {
  SplitOverlap overlap;
  EXPECT_EQ(to_text(overlap.report()), "{}");
  overlap.add("val", batch_of({{1, 2}, {1, 2}, {3}, {9}, {}}));
  EXPECT_EQ(to_text(overlap.report()), "{}");
  overlap.add("train", batch_of({{1, 2}, {2, 1}, {3}, {3}, {}}));
  overlap.add("test", batch_of({{2, 1}}));
  EXPECT_EQ(to_text(overlap.report()), R"({"train/val":{"sequences":3,"share":0.75},)"
                                       R"("train/test":{"sequences":1,"share":1.0},)"
                                       R"("val/test":{"sequences":0,"share":0.0}})");
  EXPECT_TRUE(overlap.contains("train", Tokens{2, 1}));
  EXPECT_FALSE(overlap.contains("val", Tokens{2, 1}));
  EXPECT_FALSE(overlap.contains("other", Tokens{2, 1}));
}

TEST(SplitOverlap, OfASplitWithoutTokensIsNull) {
  SplitOverlap overlap;
  overlap.add("train", batch_of({{1}}));
  overlap.add("val", batch_of({{}}));
  EXPECT_EQ(to_text(overlap.report()), R"({"train/val":{"sequences":0,"share":null}})");
}

TEST(SplitOverlap, AgreesWithSetsInAnyOrderOfAddingMergingAndSaving) {
  PhiloxEngine source(5);
  SequenceBatch batch;
  for (int i = 0; i < 20000; ++i) {
    for (std::uint32_t& token : batch.append(3)) token = source() % 16;
  }
  std::set<Tokens> train;
  std::uint64_t shared = 0;
  const std::vector<Tokens> sequences = testing::sequences_of(batch);
  for (std::size_t i = 0; i < 15000; ++i) train.insert(sequences[i]);
  for (std::size_t i = 15000; i < 20000; ++i) shared += train.contains(sequences[i]) ? 1 : 0;

  std::vector<SplitOverlap> parts(4);
  for (std::size_t first = 0; first < 20000; first += 500) {
    parts[source() % 4].add(first < 15000 ? "train" : "val", testing::part_of(batch, first, 500));
  }
  for (; parts.size() > 1; parts.pop_back()) {
    StateArchive written;
    parts.back().exchange(written);
    const std::string bytes = std::move(written).bytes();
    StateArchive archive(bytes);
    SplitOverlap read;
    read.exchange(archive);
    ASSERT_FALSE(archive.malformed());
    parts[source() % (parts.size() - 1)].merge(read);
  }
  EXPECT_EQ(parts[0].report()["train/val"]["sequences"], shared);
  EXPECT_EQ(parts[0].report()["train/val"]["share"], static_cast<double>(shared) / 5000);
}

}  // namespace
}  // namespace synthgen
