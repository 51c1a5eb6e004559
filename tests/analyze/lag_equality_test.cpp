#include <gtest/gtest.h>
#include <optional>

#include "support/batches.hpp"
#include "support/measuring.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

/// The report's lists by lag.
Json lags_of(const SequenceBatch& batch) {
  return testing::sections_of("lag_equality", batch).details["lag_equality"];
}

std::optional<double> share_at(const Json& lags, std::size_t lag) {
  const Json& share = lags["share"][lag - 1];
  return share.is_null() ? std::nullopt : std::optional(share.get<double>());
}

TEST(LagEquality, KnownAnswers) {
  const Json lags = lags_of(batch_of({{1, 2, 1, 2, 3}, {7, 7}, {4}, {}}));
  EXPECT_DOUBLE_EQ(*share_at(lags, 1), 1.0 / 5);  // 7 7 of 4 + 1 pairs
  EXPECT_DOUBLE_EQ(*share_at(lags, 2), 2.0 / 3);  // 1 1, 2 2 of 3
  EXPECT_EQ(share_at(lags, 3), 0);
  EXPECT_EQ(share_at(lags, 4), 0);
  EXPECT_EQ(share_at(lags, 5), std::nullopt);
}

TEST(LagEquality, IsNullInTheReportIfNoPairExists) {
  const Json report = lags_of(batch_of({{5, 5, 5}}));
  ASSERT_EQ(report["lag"].size(), 64U);
  EXPECT_EQ(report["lag"][63], 64);
  EXPECT_EQ(report["share"][1], 1.0);
  EXPECT_TRUE(report["share"][2].is_null());
}

TEST(LagEquality, OfAPeriodIs1AtItsMultiples) {
  SequenceBatch batch;
  auto tokens = batch.append(20000);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    tokens[t] = static_cast<std::uint32_t>(t % 7) + 0xFFFFFFF0;
  }
  const Json lags = lags_of(batch);
  for (std::size_t lag = 1; lag <= 64; ++lag) EXPECT_EQ(share_at(lags, lag), lag % 7 == 0 ? 1 : 0);
}

TEST(LagEquality, AgreesWithLookingAtEveryPair) {
  SequenceBatch batch = testing::random_batch(31, 100);
  PhiloxEngine source(1);
  // Equal pairs that are too many to visit one by one, many, and few.
  for (const std::uint32_t ids : {5U, 30U, 500U}) {
    for (std::uint32_t& token : batch.append(9000)) token = source() % ids;
  }
  const Json lags = lags_of(batch);
  for (const std::size_t lag : {1U, 2U, 17U, 38U, 64U}) {
    EXPECT_NEAR(*share_at(lags, lag), *testing::reference_lag_equality(batch, lag), 1e-12) << lag;
  }
}

}  // namespace
}  // namespace synthgen
