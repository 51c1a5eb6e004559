#include "synthgen/analyze/counting/distinct_ngrams.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/measuring.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

TEST(DistinctNgrams, KnownAnswers) {
  DistinctNgrams ngrams;
  LastPlaces last_places;
  const auto distinct = [&](const Tokens& sequence) {
    std::vector<std::uint32_t> gaps(sequence.size());
    last_places.find_gaps(sequence, gaps);
    return ngrams(sequence, gaps);
  };
  using Counts = std::array<std::uint64_t, 4>;
  EXPECT_EQ(distinct(Tokens{}), (Counts{0, 0, 0, 0}));
  EXPECT_EQ(distinct(Tokens{9}), (Counts{1, 0, 0, 0}));
  EXPECT_EQ(distinct(Tokens{1, 2, 1, 2, 1, 2}), (Counts{2, 2, 2, 2}));
  EXPECT_EQ(distinct(Tokens{5, 5, 5, 5, 5}), (Counts{1, 1, 1, 1}));
  EXPECT_EQ(distinct(Tokens{1, 2, 3, 1, 2, 4}), (Counts{4, 4, 4, 3}));
}

Json rep_n(const SequenceBatch& batch) {
  return testing::sections_of("rep_n", batch).details["rep_n"];
}

TEST(RepN, KnownAnswers) {
  // 1 − 2/6, 1 − 2/5, 1 − 2/4, 1 − 2/3; and of one token 0.
  const Json report = rep_n(batch_of({{1, 2, 1, 2, 1, 2}, {8}, {}}));
  EXPECT_NEAR(report["1"].get<double>(), (2.0 / 3 + 0) / 2, 1e-15);
  EXPECT_NEAR(report["2"].get<double>(), 0.6, 1e-15);
  EXPECT_NEAR(report["3"].get<double>(), 0.5, 1e-15);
  EXPECT_NEAR(report["4"].get<double>(), 1.0 / 3, 1e-15);
  EXPECT_EQ(to_text(rep_n(batch_of({{3, 4}}))), R"({"1":0.0,"2":0.0,"3":null,"4":null})");
}

TEST(RepN, AgreesWithSetsOfNgrams) {
  SequenceBatch batch = testing::random_batch(41, 200);
  PhiloxEngine source(2);
  // Ids that come back so often that their places are too many to visit, and seldom.
  for (const std::uint32_t ids : {9U, 90U, 900U}) {
    for (std::uint32_t& token : batch.append(3000)) token = source() % ids;
  }
  const Json report = rep_n(batch);
  for (std::size_t n = 1; n <= 4; ++n) {
    EXPECT_NEAR(report[std::to_string(n)].get<double>(), *testing::reference_rep_n(batch, n), 1e-13)
        << n;
  }
}

}  // namespace
}  // namespace synthgen
