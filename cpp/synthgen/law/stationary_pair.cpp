#include "synthgen/law/stationary_pair.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

constexpr double bits_per_nat = 1.44269504088896340736;
constexpr double widest_step = 0.45;  ///< of the log odds: singularities are π away
constexpr double steps_per_deviation = 1.6;
constexpr double negligible_bits = 60;  ///< below the largest weight

}  // namespace

StationaryPairPredictor::StationaryPairPredictor(std::uint32_t vocab_size, const ContextWalk& walk,
                                                 LengthLaw lengths, double alpha)
    : ChainPredictor(vocab_size, walk, lengths), alpha_(alpha) {
  StationaryPairPredictor::reset();
}

void StationaryPairPredictor::reset() {
  ChainPredictor::reset();
  for (Row& row : rows_) {
    row.leaves = alpha_;
    row.stays = alpha_;
    tabulate(row);
  }
}

void StationaryPairPredictor::tabulate(Row& row) {
  const double deviation = std::sqrt(1 / row.leaves + 1 / row.stays);
  const double step = std::min(widest_step, deviation / steps_per_deviation);
  const double mode = (portable_log2(row.leaves) - portable_log2(row.stays)) / bits_per_nat;
  row.nodes.clear();
  std::vector<double> log_weights;
  double largest = 0;
  // From the mode outwards on both sides, until the weights no longer matter.
  for (const double direction : {1.0, -1.0}) {
    for (int i = direction > 0 ? 0 : 1;; ++i) {
      const double log_odds = mode + direction * i * step;
      const double small = portable_exp2(-std::fabs(log_odds) * bits_per_nat);
      const double log_sum = portable_log2(1 + small);
      const double log_small = -std::fabs(log_odds) * bits_per_nat - log_sum;
      const double log_weight = log_odds > 0 ? -row.leaves * log_sum + row.stays * log_small
                                             : row.leaves * log_small - row.stays * log_sum;
      if (i == 0) largest = log_weight;
      if (log_weight < largest - negligible_bits) break;
      row.nodes.push_back(log_odds > 0 ? 1 / (1 + small) : small / (1 + small));
      log_weights.push_back(log_weight);
    }
  }
  row.weights.clear();
  largest = *std::max_element(log_weights.begin(), log_weights.end());
  double total = 0;
  for (const double each : log_weights) {
    total += row.weights.emplace_back(portable_exp2(each - largest));
  }
  for (double& weight : row.weights) weight /= total;
}

void StationaryPairPredictor::integrate() {
  const Row& from_0 = rows_[0];
  const Row& from_1 = rows_[1];
  double all = 0;
  double leaves_0 = 0;
  double leaves_1 = 0;
  for (std::size_t i = 0; i < from_0.nodes.size(); ++i) {
    const double a = from_0.nodes[i];
    double sum = 0;
    double sum_b = 0;
    for (std::size_t j = 0; j < from_1.nodes.size(); ++j) {
      const double b = from_1.nodes[j];
      const double start = from_1.weights[j] * (first_ == 0 ? b : a) / (a + b);
      sum += start;
      sum_b += start * b;
    }
    all += from_0.weights[i] * sum;
    leaves_0 += from_0.weights[i] * sum * a;
    leaves_1 += from_0.weights[i] * sum_b;
  }
  leaving_ = {leaves_0 / all, leaves_1 / all};
}

double StationaryPairPredictor::probability_in(const ContextWalk& walk,
                                               std::uint32_t symbol) const {
  if (!walk.is_full()) return 0.5;
  const std::uint32_t state = walk.token(1);
  return symbol == state ? 1 - leaving_[state] : leaving_[state];
}

void StationaryPairPredictor::learn(const ContextWalk& walk, std::uint32_t symbol) {
  if (!walk.is_full()) {
    first_ = symbol;
  } else {
    Row& row = rows_[walk.token(1)];
    ++(symbol == walk.token(1) ? row.stays : row.leaves);
    tabulate(row);
  }
  integrate();
}

}  // namespace synthgen
