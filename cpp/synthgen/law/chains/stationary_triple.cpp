#include "synthgen/law/chains/stationary_triple.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace synthgen {
namespace {

constexpr double root_2 = 1.41421356237309504880;
constexpr double half_log_2 = 0.34657359027997265471;  ///< the step in log t
constexpr double least_exponent = 0.03;                ///< the largest x t of the first step
constexpr double largest_exponent = 20;                ///< the smallest x t of the last one

std::size_t symbol_after(std::size_t symbol) {
  return (symbol + 1) % 3;
}
std::size_t symbol_before(std::size_t symbol) {
  return (symbol + 2) % 3;
}

/// A Gauss rule that resolves a beta variable. `weight` says how little of its mass is near 0 and
/// 1, where the stationary law is not smooth.
BetaRule posterior_rule(double first, double second, double weight, std::size_t more_nodes) {
  constexpr std::pair<double, std::size_t> sizes[] = {{0.24, 20}, {0.45, 16}, {0.9, 10},
                                                      {2.9, 8},   {10, 6},    {40, 5}};
  std::size_t size = 24;
  for (const auto& [least, enough] : sizes) {
    if (weight >= least) size = enough;
  }
  const int power = weight >= 0.3 ? 2 : std::min(6, static_cast<int>(std::ceil(0.6 / weight)));
  return beta_rule(first, second, size + more_nodes, power);
}

}  // namespace

StationaryTriplePredictor::StationaryTriplePredictor(std::uint32_t vocab_size,
                                                     const ContextWalk& walk, LengthLaw lengths,
                                                     double alpha, std::size_t more_nodes)
    : ChainPredictor(vocab_size, walk, lengths), alpha_(alpha), more_nodes_(more_nodes) {
  for (std::size_t symbol = 0; symbol < 3; ++symbol) {
    prior_[symbol].counts.fill(alpha_);
    tabulate(prior_[symbol], symbol);
  }
  StationaryTriplePredictor::reset();
}

void StationaryTriplePredictor::reset() {
  ChainPredictor::reset();
  rows_ = prior_;
}

void StationaryTriplePredictor::tabulate(Row& row, std::size_t symbol) const {
  const double onwards = row.counts[symbol_after(symbol)];
  const double backwards = row.counts[symbol_before(symbol)];
  const double leaving = onwards + backwards;
  const double staying = row.counts[symbol];
  row.leaving = posterior_rule(leaving, staying, std::min(leaving / 2, staying), more_nodes_);
  row.turning = posterior_rule(onwards, backwards, std::min(onwards, backwards), more_nodes_);
}

void StationaryTriplePredictor::Factor::prepare(const std::array<Row, 3>& rows, std::size_t symbol,
                                                std::size_t outer, bool is_start) {
  const BetaRule& next = rows[symbol_after(symbol)].turning;
  const BetaRule& last = rows[symbol_before(symbol)].turning;
  const bool next_is_outer = outer == symbol_after(symbol);
  const BetaRule& outside = next_is_outer ? next : last;
  const BetaRule& inside = next_is_outer ? last : next;
  shares_.clear();
  for (std::size_t i = 0; i < outside.complements.size(); ++i) {
    for (std::size_t j = 0; j < inside.complements.size(); ++j) {
      const std::size_t of_next = next_is_outer ? i : j;
      const std::size_t of_last = next_is_outer ? j : i;
      shares_.push_back(next.complements[of_next] +
                        next.rule.nodes[of_next] * last.rule.nodes[of_last]);
    }
  }
  scales_.assign(shares_.size(), 1);
  if (is_start) scales_ = shares_;
  nodes_ = rows[symbol].leaving.rule.nodes;
  weights_ = rows[symbol].leaving.rule.weights;
  rates_.clear();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    rates_.push_back(1 / nodes_[i]);
    if (is_start) weights_[i] *= rates_[i];
  }
}

void StationaryTriplePredictor::Factor::start(double t) {
  decayed_.clear();
  for (const double rate : rates_) {
    for (const double share : shares_) {
      const double x = t * rate * share;
      decayed_.push_back(x *
                         (1 - x * (1.0 / 2 - x * (1.0 / 6 - x * (1.0 / 24 - x * (1.0 / 120))))));
    }
  }
}

void StationaryTriplePredictor::Factor::average(bool is_current) {
  const std::size_t pairs = shares_.size();
  means_.assign(pairs, 0);
  means_left_.assign(is_current ? pairs : 0, 0);
  double* const means = means_.data();
  double* const means_left = means_left_.data();
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    double* const decayed = decayed_.data() + node * pairs;
    const double weight = weights_[node];
    const double weight_left = weight * nodes_[node];
    for (std::size_t i = 0; i < pairs; ++i) {
      const double kept = 1 - decayed[i];
      means[i] += weight * kept;
      if (is_current) means_left[i] += weight_left * kept;
      decayed[i] += decayed[i] * kept;  // not times 1 + kept, which rounds to 1 too early
    }
  }
  for (std::size_t i = 0; i < pairs; ++i) means_[i] *= scales_[i];
  for (std::size_t i = 0; i < means_left_.size(); ++i) means_left_[i] *= scales_[i];
}

void StationaryTriplePredictor::add(double weight, std::size_t current, Means& means) {
  const BetaRule& turning = rows_[current].turning;
  const UnitRule& next = rows_[symbol_after(current)].turning.rule;
  const UnitRule& last = rows_[symbol_before(current)].turning.rule;
  for (std::size_t symbol = 0; symbol < 3; ++symbol) factors_[symbol].average(symbol == current);
  const double* of_current = factors_[current].means().data();
  const double* of_current_left = factors_[current].means_left().data();
  const double* of_next = factors_[symbol_after(current)].means().data();
  const double* const of_last = factors_[symbol_before(current)].means().data();
  const std::size_t turns = turning.complements.size();
  const std::size_t next_turns = next.nodes.size();
  for (const double last_weight : last.weights) {
    inner_.assign(next_turns, 0);
    inner_turned_.assign(next_turns, 0);
    double* const inner = inner_.data();
    double* const inner_turned = inner_turned_.data();
    for (std::size_t turn = 0; turn < turns; ++turn) {
      const double factor = of_next[turn] * turning.rule.weights[turn];
      const double factor_turned = factor * turning.rule.nodes[turn];
      const double* const row = of_last + turn * next_turns;
      for (std::size_t i = 0; i < next_turns; ++i) {
        inner[i] += factor * row[i];
        inner_turned[i] += factor_turned * row[i];
      }
    }
    double all = 0;
    double left = 0;
    double turned = 0;
    for (std::size_t i = 0; i < next_turns; ++i) {
      all += next.weights[i] * of_current[i] * inner[i];
      left += next.weights[i] * of_current_left[i] * inner[i];
      turned += next.weights[i] * of_current_left[i] * inner_turned[i];
    }
    means.all += weight * last_weight * all;
    means.left += weight * last_weight * left;
    means.turned += weight * last_weight * turned;
    of_current += next_turns;
    of_current_left += next_turns;
    of_next += turns;
  }
}

void StationaryTriplePredictor::integrate(std::size_t current) {
  const std::size_t next = symbol_after(current);
  const std::size_t last = symbol_before(current);
  factors_[current].prepare(rows_, current, last, current == first_);
  factors_[next].prepare(rows_, next, last, next == first_);
  factors_[last].prepare(rows_, last, current, last == first_);
  // x_0 + x_1 + x_2 is between 2 / most_left, since the w sum to at least 2, and this.
  double largest = 0;
  double most_left = 0;
  for (const Row& row : rows_) {
    const auto [low, high] =
        std::minmax_element(row.leaving.rule.nodes.begin(), row.leaving.rule.nodes.end());
    largest += 1 / *low;
    most_left = std::max(most_left, *high);
  }
  const double first_t = least_exponent / largest;
  Means means;
  const auto sum = [&](double t, double weight, double last_t) {
    for (Factor& factor : factors_) factor.start(t);
    for (; t < last_t; t *= 2, weight *= 2) add(weight, current, means);
  };
  const double last_t = largest_exponent / 2 * most_left;
  sum(first_t, half_log_2 * first_t, last_t);
  sum(first_t * root_2, half_log_2 * first_t * root_2, last_t);
  // One node stands for all steps below the first one: it has their sum and first moment.
  sum(first_t / (root_2 + 1), half_log_2 * first_t / (root_2 - 1), first_t / 2);
  const double left = means.left / means.all;
  law_[current] = 1 - left;
  law_[next] = means.turned / means.all;
  law_[last] = left - law_[next];
}

double StationaryTriplePredictor::probability_in(const ContextWalk& walk,
                                                 std::uint32_t symbol) const {
  return walk.is_full() ? law_[symbol] : 1.0 / 3;
}

void StationaryTriplePredictor::learn(const ContextWalk& walk, std::uint32_t symbol) {
  if (walk.is_full()) {
    const std::size_t state = walk.token(1);
    ++rows_[state].counts[symbol];
    tabulate(rows_[state], state);
  } else {
    first_ = symbol;
  }
  integrate(symbol);
}

}  // namespace synthgen
