#include "synthgen/generate/sequence_batch.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

TEST(SequenceBatch, IsAFlatBufferWithOffsets) {
  SequenceBatch batch;
  EXPECT_TRUE(batch.empty());
  batch.append(std::vector<std::uint32_t>{1, 2, 3});
  batch.append(std::vector<std::uint32_t>{});
  const std::span<std::uint32_t> last = batch.append(2);
  last[0] = 8;
  last[1] = 9;
  EXPECT_EQ(batch.size(), 3U);
  EXPECT_EQ(batch.tokens, (std::vector<std::uint32_t>{1, 2, 3, 8, 9}));
  EXPECT_EQ(batch.offsets, (std::vector<std::uint64_t>{0, 3, 3, 5}));
  EXPECT_EQ(batch[0].size(), 3U);
  EXPECT_TRUE(batch[1].empty());
  EXPECT_EQ(batch[2][1], 9U);
}

TEST(SequenceBatch, ClearingKeepsTheMemory) {
  SequenceBatch batch;
  batch.append(1000);
  const auto* memory = batch.tokens.data();
  const std::size_t capacity = batch.tokens.capacity();
  batch.clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.offsets, (std::vector<std::uint64_t>{0}));
  batch.append(1000);
  EXPECT_EQ(batch.tokens.data(), memory);
  EXPECT_EQ(batch.tokens.capacity(), capacity);
}

TEST(SequenceBatch, HasLatentsOnlyWhenEachSequenceHas) {
  SequenceBatch batch;
  EXPECT_FALSE(batch.has_latents());
  batch.append(1);
  EXPECT_FALSE(batch.has_latents());
  batch.latents.emplace_back();
  EXPECT_TRUE(batch.has_latents());
  batch.append(1);
  EXPECT_FALSE(batch.has_latents());
}

TEST(SequenceBatch, TellsSequencesWithLatentsFromThoseThatCameWithout) {
  SequenceBatch batch;
  batch.append(std::vector<std::uint32_t>{1});
  batch.set_latents(std::nullopt);
  EXPECT_TRUE(batch.latents.empty());
  Latents latents;
  latents.theme = 3;
  batch.append(std::vector<std::uint32_t>{2});
  batch.set_latents(latents);
  batch.append(std::vector<std::uint32_t>{3});
  batch.set_latents(std::nullopt);
  EXPECT_EQ(batch.latents_of(0), nullptr);
  ASSERT_NE(batch.latents_of(1), nullptr);
  EXPECT_EQ(*batch.latents_of(1), latents);
  EXPECT_EQ(batch.latents_of(2), nullptr);
  EXPECT_EQ(batch.latents_of(3), nullptr);
}

}  // namespace
}  // namespace synthgen
