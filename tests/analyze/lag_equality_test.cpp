#include "synthgen/analyze/measures/lag_equality.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

TEST(LagEquality, KnownAnswers) {
  LagEqualityAccumulator lags({});
  lags.add(batch_of({{1, 2, 1, 2, 3}, {7, 7}, {4}, {}}));
  EXPECT_DOUBLE_EQ(*lags.share(1), 1.0 / 5);  // 7 7 of 4 + 1 pairs
  EXPECT_DOUBLE_EQ(*lags.share(2), 2.0 / 3);  // 1 1, 2 2 of 3
  EXPECT_EQ(lags.share(3), 0);
  EXPECT_EQ(lags.share(4), 0);
  EXPECT_EQ(lags.share(5), std::nullopt);
}

TEST(LagEquality, IsNullInTheReportWhereNoPairExists) {
  LagEqualityAccumulator lags({});
  lags.add(batch_of({{5, 5, 5}}));
  ReportSections sections;
  lags.report(sections);
  const Json& report = sections.details["lag_equality"];
  ASSERT_EQ(report["lag"].size(), 64U);
  EXPECT_EQ(report["lag"][63], 64);
  EXPECT_EQ(report["share"][1], 1.0);
  EXPECT_TRUE(report["share"][2].is_null());
}

TEST(LagEquality, OfAPeriodIs1AtItsMultiples) {
  LagEqualityAccumulator lags({});
  SequenceBatch batch;
  auto tokens = batch.append(20000);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    tokens[t] = static_cast<std::uint32_t>(t % 7) + 0xFFFFFFF0;
  }
  lags.add(batch);
  for (std::size_t lag = 1; lag <= 64; ++lag) EXPECT_EQ(lags.share(lag), lag % 7 == 0 ? 1 : 0);
}

TEST(LagEquality, AgreesWithLookingAtEveryPair) {
  SequenceBatch batch = testing::random_batch(31, 100);
  PhiloxEngine source(1);
  for (std::uint32_t& token : batch.append(9000)) token = source() % 5;
  LagEqualityAccumulator lags({});
  lags.add(batch);
  for (const std::size_t lag : {1U, 2U, 17U, 38U, 64U}) {
    EXPECT_NEAR(*lags.share(lag), *testing::reference_lag_equality(batch, lag), 1e-12) << lag;
  }
}

}  // namespace
}  // namespace synthgen
