#include "synthgen/law/chains/stationary_pair.hpp"

namespace synthgen {
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
    row.leaving = beta_grid(row.leaves, row.stays);
  }
}

void StationaryPairPredictor::integrate() {
  const UnitRule& from_0 = rows_[0].leaving;
  const UnitRule& from_1 = rows_[1].leaving;
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
    row.leaving = beta_grid(row.leaves, row.stays);
  }
  integrate();
}

}  // namespace synthgen
