#include "synthgen/analyze/measures/zipf_fit.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace synthgen {
namespace {

constexpr double log_of_2 = 0.69314718055994530942;

double natural_log(double x) {
  return log_of_2 * portable_log2(x);
}

/// Neighbouring ranks that stand for one another.
struct RankBlock {
  double middle;
  double ranks;
  double log;
};

/// The ranks 1 … last in blocks that are at most one part in 1024 wide.
std::vector<RankBlock> rank_blocks(std::uint64_t last) {
  std::vector<RankBlock> blocks;
  for (std::uint64_t first = 1; first <= last;) {
    const std::uint64_t width =
        std::min(std::max<std::uint64_t>(1, first / 1024), last - first + 1);
    const double middle = static_cast<double>(first) + static_cast<double>(width - 1) / 2;
    blocks.push_back({middle, static_cast<double>(width), natural_log(middle)});
    first += width;
  }
  return blocks;
}

struct LogRank {
  double mean;
  double variance;
};

/// Of ln r when rank r has a probability ∝ r^−exponent.
LogRank log_rank(const std::vector<RankBlock>& blocks, double exponent) {
  double all = 0;
  double logs = 0;
  double squares = 0;
  for (const RankBlock& block : blocks) {
    const double weight = block.ranks * portable_inverse_power(block.middle, exponent);
    all += weight;
    logs += weight * block.log;
    squares += weight * block.log * block.log;
  }
  const double mean = logs / all;
  return {mean, std::max(0.0, squares / all - mean * mean)};
}

}  // namespace

std::optional<ZipfFit> fit_zipf(const IdsByCount& ids) {
  double tokens = 0;
  double logs = 0;
  std::uint64_t rank = 0;
  for (const auto& [count, number] : ids) {
    const auto times = static_cast<double>(count);
    tokens += times * static_cast<double>(number);
    for (const std::uint64_t last = rank + number; rank < last;) {
      logs += times * natural_log(static_cast<double>(++rank));
    }
  }
  if (rank < 2) return std::nullopt;
  const double observed = logs / tokens;
  const std::vector<RankBlock> blocks = rank_blocks(rank);

  // The mean of ln r falls from s = 0 on; the likelihood is greatest where it is the observed one.
  // Newton's steps, halving the bracket where they leave it.
  double low = 0;
  double high = 64;
  double exponent = 1;
  LogRank model = log_rank(blocks, exponent);
  constexpr int most_steps = 100;
  constexpr double close = 1e-12;
  for (int step = 0; step < most_steps; ++step) {
    (model.mean > observed ? low : high) = exponent;
    double next = exponent + (model.mean - observed) / model.variance;
    if (!(next >= low && next <= high)) next = (low + high) / 2;
    const double moved = std::fabs(next - exponent);
    exponent = next;
    model = log_rank(blocks, exponent);
    if (moved < close) break;
  }
  if (exponent < 1e-9) exponent = 0;
  return ZipfFit{exponent, 1 / std::sqrt(tokens * model.variance)};
}

}  // namespace synthgen
