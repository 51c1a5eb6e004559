#pragma once

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <span>
#include <vector>

// Statistical bounds for tests at fixed seeds. A sound generator passes or fails for good, so the
// bounds are wide (below one in 100,000 for each assertion) and the samples large: what is wrong
// is out by tens of standard deviations.

namespace synthgen::testing {

inline constexpr double widest_sigma = 4.5;

/// The standard score of Pearson's chi-squared statistic with that many degrees of freedom, by the
/// cube-root transform of Wilson and Hilferty (1931). Far above 0: the counts do not follow the
/// law; far below 0: they follow it too evenly to be random.
inline double chi_squared_score(double statistic, std::size_t degrees) {
  const double spread = 2.0 / (9.0 * static_cast<double>(degrees));
  return (std::cbrt(statistic / static_cast<double>(degrees)) - (1 - spread)) / std::sqrt(spread);
}

/// Whether counts follow a law. Neighbouring cells are pooled until each expects at least 8.
inline ::testing::AssertionResult follows(std::span<const std::uint64_t> counts,
                                          std::span<const double> probabilities) {
  if (counts.size() != probabilities.size()) {
    return ::testing::AssertionFailure() << "one probability a cell is needed";
  }
  double total = 0;
  for (const std::uint64_t count : counts) total += static_cast<double>(count);
  double statistic = 0;
  double observed = 0;
  double expected = 0;
  std::size_t cells = 0;
  double expected_left = total;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (probabilities[i] == 0 && counts[i] != 0) {
      return ::testing::AssertionFailure() << "cell " << i << " is impossible and occurred";
    }
    observed += static_cast<double>(counts[i]);
    expected += total * probabilities[i];
    expected_left -= total * probabilities[i];
    if (i + 1 < counts.size() && (expected < 8 || expected_left < 8)) continue;
    if (expected == 0) continue;
    statistic += (observed - expected) * (observed - expected) / expected;
    observed = expected = 0;
    ++cells;
  }
  if (cells < 2) return ::testing::AssertionFailure() << "too few counts to judge";
  const double score = chi_squared_score(statistic, cells - 1);
  if (!(std::fabs(score) <= widest_sigma)) {
    return ::testing::AssertionFailure() << "chi-squared " << statistic << " with " << cells - 1
                                         << " degrees of freedom, " << score << " sigma";
  }
  return ::testing::AssertionSuccess();
}

/// Whether counts are those of equally likely cells.
inline ::testing::AssertionResult follows_uniform(std::span<const std::uint64_t> counts) {
  const std::vector<double> probabilities(counts.size(), 1.0 / static_cast<double>(counts.size()));
  return follows(counts, probabilities);
}

/// Whether something with probability p can have happened `count` times in `trials` independent
/// trials.
inline ::testing::AssertionResult happens_with(double p, std::uint64_t count,
                                               std::uint64_t trials) {
  const std::uint64_t counts[] = {count, trials - count};
  const double probabilities[] = {p, 1 - p};
  if (p == 0 || p == 1) {
    return static_cast<double>(count) == p * static_cast<double>(trials)
               ? ::testing::AssertionSuccess()
               : ::testing::AssertionFailure() << count << " of " << trials << " at p = " << p;
  }
  const double sigma = std::sqrt(static_cast<double>(trials) * p * (1 - p));
  const double score = (static_cast<double>(counts[0]) - static_cast<double>(trials) * p) / sigma;
  if (std::fabs(score) > widest_sigma) {
    return ::testing::AssertionFailure()
           << count << " of " << trials << " where p = " << probabilities[0] << ": " << score
           << " sigma";
  }
  return ::testing::AssertionSuccess();
}

/// Whether independent values can have that mean; their own variance gives the bound.
inline ::testing::AssertionResult has_mean(std::span<const double> values, double mean) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  double squares = 0;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  const double error = std::sqrt(squares / (n - 1) / n);
  if (!(std::fabs(sum / n - mean) <= widest_sigma * error)) {  // also where one is not a number
    return ::testing::AssertionFailure()
           << "mean " << sum / n << " of " << values.size() << " values, expected " << mean
           << " within " << widest_sigma << " * " << error;
  }
  return ::testing::AssertionSuccess();
}

}  // namespace synthgen::testing
