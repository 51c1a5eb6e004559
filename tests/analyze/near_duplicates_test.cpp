#include "synthgen/analyze/hashing/min_hash.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/measuring.hpp"
#include "support/reference_measures.hpp"
#include "support/sanitized.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

Tokens random_tokens(PhiloxEngine& source, std::size_t size, std::uint32_t ids) {
  Tokens tokens(size);
  for (std::uint32_t& token : tokens) token = source() % ids;
  return tokens;
}

/// The same with some tokens replaced, none of them next to another.
Tokens changed(Tokens tokens, std::size_t replaced, PhiloxEngine& source) {
  const std::size_t step = replaced == 0 ? tokens.size() : tokens.size() / replaced;
  for (std::size_t i = 0; i < replaced; ++i) tokens[i * step + 1] = source();
  return tokens;
}

TEST(MinHash, SharedRowsEstimateJaccardSimilarity) {
  PhiloxEngine source(4);
  for (const std::size_t replaced : {0U, 2U, 8U, 25U, 60U}) {
    double shared = 0;
    double similarity = 0;
    constexpr int pairs = testing::is_sanitized ? 60 : 300;
    for (int i = 0; i < pairs; ++i) {
      const Tokens a = random_tokens(source, 300, 10000);
      const Tokens b = changed(a, replaced, source);
      shared += static_cast<double>(MinHash::of(a).rows_shared_with(MinHash::of(b))) / 64;
      similarity += testing::reference_jaccard(a, b, 3);
    }
    similarity /= pairs;
    const double sigma = std::sqrt(similarity * (1 - similarity) / 64 / pairs);
    EXPECT_NEAR(shared / pairs, similarity, 4.5 * sigma + 1e-9) << replaced;
  }
}

TEST(MinHash, OfFewShinglesIsUnbiasedToo) {
  PhiloxEngine source(5);
  double shared = 0;
  double similarity = 0;
  constexpr int pairs = 2000;
  for (int i = 0; i < pairs; ++i) {
    const Tokens a = random_tokens(source, 12, 1000);
    const Tokens b = changed(a, 1, source);
    shared += static_cast<double>(MinHash::of(a).rows_shared_with(MinHash::of(b))) / 64;
    similarity += testing::reference_jaccard(a, b, 3);
  }
  EXPECT_NEAR(shared / pairs, similarity / pairs, 0.02);
}

double share_of(const SequenceBatch& batch, const AnalysisOptions& options = {}) {
  const Json share =
      testing::sections_of("near_duplicate_share", batch, options).numbers["near_duplicate_share"];
  return share.is_null() ? -1 : share.get<double>();
}

TEST(NearDuplicates, KnownAnswers) {
  EXPECT_EQ(share_of({}), -1);
  EXPECT_EQ(share_of(batch_of({{1, 2, 3, 4}})), 0);
  EXPECT_EQ(share_of(batch_of({{1, 2, 3, 4}, {1, 2, 3, 4}, {9, 8, 7, 6}, {5}})), 0.5);
  // Under 3 tokens only equal sequences resemble each other.
  EXPECT_EQ(share_of(batch_of({{1, 2}, {1, 3}, {}, {}, {4}})), 0.4);
}

TEST(NearDuplicates, AreFoundAmongManyOthers) {
  PhiloxEngine source(6);
  SequenceBatch batch;
  // 400 unrelated ones, 100 pairs at similarity 0.94, 100 pairs at 0.54.
  for (int i = 0; i < 400; ++i) batch.append(random_tokens(source, 200, 10000));
  for (const std::size_t replaced : {2U, 20U}) {
    for (int i = 0; i < 100; ++i) {
      const Tokens original = random_tokens(source, 200, 10000);
      batch.append(original);
      batch.append(changed(original, replaced, source));
    }
  }
  EXPECT_NEAR(share_of(batch), 200.0 / 800, 0.01);
}

TEST(NearDuplicates, AreFoundAmongSequencesThatAllResembleEachOtherALittle) {
  PhiloxEngine source(7);
  SequenceBatch batch;
  for (int i = 0; i < 500; ++i) batch.append(random_tokens(source, 200, 6));  // 216 3-grams
  const double before = share_of(batch);
  for (int i = 0; i < 100; ++i) {
    const auto original = batch[static_cast<std::size_t>(i)];
    batch.append(changed({original.begin(), original.end()}, 2, source));
  }
  EXPECT_LT(before, 0.01);
  EXPECT_NEAR(share_of(batch), 200.0 / 600, 0.03);
}

TEST(NearDuplicates, OfMoreDataThanFitsAreEstimatedAndAtMostAFifthTooLow) {
  PhiloxEngine source(8);
  SequenceBatch batch;
  for (int i = 0; i < 3000; ++i) {
    const Tokens original = random_tokens(source, 60, 10000);
    batch.append(original);
    batch.append(changed(original, 1, source));
  }
  EXPECT_GT(share_of(batch), 0.97);
  ReportSections sections =
      testing::sections_of("near_duplicate_share", batch, {.memory_limit_bytes = 1});
  EXPECT_EQ(sections.error_bounds["near_duplicate_share"]["sampled_different_sequences"], 4096);
  const auto share = sections.numbers["near_duplicate_share"].get<double>();
  EXPECT_GT(share, 0.8 * share_of(batch));
  EXPECT_LE(share, 1);
}

}  // namespace
}  // namespace synthgen
