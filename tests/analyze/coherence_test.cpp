#include "synthgen/analyze/measures/coherence.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/functions.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

TEST(LocalCoherence, IsTheShareOfEqualNeighbours) {
  EXPECT_EQ(local_coherence(Tokens{1, 1, 2, 2, 2}), 0.75);
  EXPECT_EQ(local_coherence(Tokens{1, 2}), 0);
  EXPECT_EQ(local_coherence(Tokens{5, 5}), 1);
}

TEST(LocalCoherence, IsNotDefinedUnderTwoTokens) {
  EXPECT_EQ(local_coherence(Tokens{}), std::nullopt);
  EXPECT_EQ(local_coherence(Tokens{5}), std::nullopt);
}

TEST(Coherence, KnownAnswer) {
  // Local: 3/4, 0, none, none. Global: 3/5, 1/2, 1, none.
  const SequenceBatch batch = batch_of({{1, 1, 2, 2, 2}, {3, 4}, {9}, {}});
  const Coherence coherence = measure_coherence(batch);
  EXPECT_DOUBLE_EQ(*coherence.local_coherence, 0.375);
  EXPECT_DOUBLE_EQ(*coherence.global_coherence, 0.7);
}

TEST(Coherence, WhatIsLeftOutIsCounted) {
  CoherenceAccumulator accumulator({});
  accumulator.add(batch_of({{1, 1}, {9}, {}, {}}));
  ReportSections sections;
  accumulator.report(sections);
  EXPECT_EQ(to_text(sections.details), R"({"coherence_left_out":{"under_2_tokens":3,"empty":2}})");
}

TEST(Coherence, OfNothingIsNull) {
  for (const SequenceBatch& batch : {SequenceBatch(), batch_of({{}, {}})}) {
    const Coherence coherence = measure_coherence(batch);
    EXPECT_EQ(coherence.local_coherence, std::nullopt);
    EXPECT_EQ(coherence.global_coherence, std::nullopt);
  }
  EXPECT_EQ(measure_coherence(batch_of({{4}})).local_coherence, std::nullopt);
  EXPECT_EQ(measure_coherence(batch_of({{4}})).global_coherence, 1);
}

TEST(Coherence, AgreesWithTheReferenceFormulas) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const SequenceBatch batch = testing::random_batch(seed, 100);
    const Coherence coherence = measure_coherence(batch);
    EXPECT_NEAR(*coherence.local_coherence, *testing::reference_local_coherence(batch), 1e-13);
    EXPECT_NEAR(*coherence.global_coherence, *testing::reference_global_coherence(batch), 1e-13);
  }
}

}  // namespace
}  // namespace synthgen
