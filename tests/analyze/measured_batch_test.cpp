#include "synthgen/analyze/measured_batch.hpp"

#include "synthgen/analyze/measures/entropy.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

TEST(MeasuredBatch, GivesTheValuesOfEachSequence) {
  const SequenceBatch batch = batch_of({{1, 1, 2, 2, 2}, {3, 4}, {9}, {}});
  const MeasuredBatch measured(batch);
  ASSERT_EQ(measured.size(), 4U);
  EXPECT_EQ(measured.local_coherence(0), 0.75);
  EXPECT_EQ(measured.local_coherence(1), 0);
  EXPECT_EQ(measured.local_coherence(2), std::nullopt);
  EXPECT_EQ(measured.local_coherence(3), std::nullopt);
  EXPECT_EQ(measured.global_coherence(0), 0.6);
  EXPECT_EQ(measured.global_coherence(1), 0.5);
  EXPECT_EQ(measured.global_coherence(2), 1);
  EXPECT_EQ(measured.global_coherence(3), std::nullopt);
  EXPECT_EQ(measured.entropy_bits(1), 1);
  EXPECT_EQ(measured.entropy_bits(3), 0);
}

TEST(MeasuredBatch, ChainsEqualTokensByGaps) {
  using Gaps = std::vector<std::uint32_t>;
  SequenceBatch batch = batch_of({{7, 8, 7, 7}, {7, 0xFFFFFFFF, 0xFFFFFFFF, 9}, {}});
  batch.padding = {0, 1, 0};
  const MeasuredBatch measured(batch);
  const auto gaps = [&](std::size_t i) {
    return Gaps(measured.gaps(i).begin(), measured.gaps(i).end());
  };
  EXPECT_EQ(gaps(0), (Gaps{0, 0, 2, 1}));
  EXPECT_EQ(gaps(1), (Gaps{0, 0, 1}));
  EXPECT_EQ(gaps(2), Gaps());
}

TEST(MeasuredBatch, MeasuresContentWithoutPadding) {
  SequenceBatch batch = batch_of({{1, 2}, {5, 5, 0, 0}});
  batch.set_padding(2);
  const MeasuredBatch measured(batch);
  EXPECT_EQ(measured.content(1).size(), 2U);
  EXPECT_EQ(measured.entropy_bits(1), 0);
  EXPECT_EQ(measured.local_coherence(1), 1);
}

TEST(MeasuredBatch, RemembersNothingOfTheBatchBefore) {
  MeasuredBatch::Scratch scratch;
  for (unsigned seed = 0; seed < 6; ++seed) {
    const SequenceBatch batch = testing::random_batch(seed, 50 - 7 * seed);
    const MeasuredBatch measured(batch, scratch);
    for (std::size_t i = batch.size(); i-- > 0;) {
      EXPECT_NEAR(measured.entropy_bits(i), testing::reference_entropy(batch[i]), 1e-12);
      EXPECT_EQ(measured.local_coherence(i), local_coherence(batch[i]));
    }
  }
}

}  // namespace
}  // namespace synthgen
