#include "synthgen/analyze/measures/zipf_exponent.hpp"

#include "synthgen/analyze/counting/token_counts.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

std::optional<ZipfFit> fit_of(const std::vector<std::uint64_t>& counts) {
  IdsByCount ids;
  for (const std::uint64_t count : counts) ++ids[count];
  return fit_zipf(ids);
}

TEST(ZipfFit, KnownAnswers) {
  EXPECT_FALSE(fit_of({}));
  EXPECT_FALSE(fit_of({17}));
  EXPECT_NEAR(fit_of({5, 5, 5, 5})->exponent, 0, 1e-9);
  // Two ids: p(1) = 2^s p(2), so the counts' own ratio is the most likely.
  EXPECT_NEAR(fit_of({100, 800})->exponent, 3, 1e-9);
  // The variance of ln r is p(1) p(2) ln² 2.
  EXPECT_NEAR(fit_of({100, 800})->error,
              1 / std::sqrt(900 * (8.0 / 81) * std::pow(std::log(2.0), 2)), 1e-12);
}

TEST(ZipfFit, IsWhereTheLikelihoodIsGreatest) {
  const std::vector<std::uint64_t> counts{120, 61, 33, 33, 20, 17, 3, 1, 1};
  const auto log_likelihood = [&](double s) {
    double norm = 0;
    double sum = 0;
    for (std::size_t r = 1; r <= counts.size(); ++r) norm += std::pow(r, -s);
    for (std::size_t r = 1; r <= counts.size(); ++r) {
      sum += static_cast<double>(counts[r - 1]) * (-s * std::log(r) - std::log(norm));
    }
    return sum;
  };
  const double best = fit_of(counts)->exponent;
  double greatest = -1e300;
  double at = 0;
  for (double s = 0; s < 4; s += 1e-4) {
    if (log_likelihood(s) > greatest) {
      greatest = log_likelihood(s);
      at = s;
    }
  }
  EXPECT_NEAR(best, at, 1e-4);
  // The error is what the curvature of the likelihood says.
  const double step = 1e-3;
  const double curvature =
      (log_likelihood(best + step) - 2 * log_likelihood(best) + log_likelihood(best - step)) /
      (step * step);
  EXPECT_NEAR(fit_of(counts)->error, 1 / std::sqrt(-curvature), 1e-5);
}

TEST(ZipfFit, OfAnExactLawOverManyRanksIsItsExponent) {
  for (const double s : {0.5, 1.0, 1.7}) {
    std::vector<std::uint64_t> counts;
    for (int r = 1; r <= 30000; ++r) {
      counts.push_back(static_cast<std::uint64_t>(std::llround(1e15 * std::pow(r, -s))));
    }
    EXPECT_NEAR(fit_of(counts)->exponent, s, 1e-6) << s;
  }
}

std::vector<std::uint64_t> counts_of(const char* config) {
  SequenceBatch batch;
  EXPECT_TRUE(testing::generator_of(config).generate(Split::train, 0, 2000, batch));
  TokenCounts tokens;
  tokens.add(batch.tokens);
  std::vector<std::uint64_t> counts;
  testing::value_of(
      tokens.visit([&](const TokenCounts::Entry& entry) { counts.push_back(entry.second); }));
  return counts;
}

TEST(ZipfFit, FindsTheExponentOfGeneratedTokensWithinItsError) {
  // Few ids, so that the counts leave no doubt about the ranks.
  const auto fit = *fit_of(counts_of(R"({"generator": "random", "vocab_size": 20,
      "seq_length": 100, "vocab_distribution": "zipf", "zipf_exponent": 1.2})"));
  EXPECT_NEAR(fit.exponent, 1.2, 4.5 * fit.error);
  EXPECT_LT(fit.error, 0.01);
}

TEST(ZipfFit, OfEquallyLikelyIdsIsTooLargeByWhatItsCommentSays) {
  // 200 tokens an id: 0.9 / √200.
  const auto fit =
      *fit_of(counts_of(R"({"generator": "random", "vocab_size": 1000, "seq_length": 100})"));
  EXPECT_NEAR(fit.exponent, 0.9 / std::sqrt(200.0), 0.005);
}

}  // namespace
}  // namespace synthgen
