#pragma once

#include "synthgen/law/finite_source.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// The exact law of the next symbol of a finite source given the symbols before it, by the forward
/// algorithm. The belief, which is the law of the state that emits the next symbol, is divided by
/// its sum after every symbol, so that nothing underflows however long the sequence is.
class ForwardFilter {
 public:
  /// `source` must outlive it.
  explicit ForwardFilter(const FiniteSource& source) : source_(&source) { reset(); }

  /// Begins another sequence.
  void reset() {
    belief_ = source_->start();
    next_.assign(belief_.size(), 0);
  }

  /// The law of the state that emits the next symbol; all 0 after a symbol that cannot occur.
  std::span<const double> belief() const noexcept { return belief_; }

  /// P(the next symbol is `symbol` | the symbols so far).
  double probability(std::uint32_t symbol) const noexcept {
    double sum = 0;
    for (std::uint32_t state = 0; state < belief_.size(); ++state) {
      sum += belief_[state] * source_->emission(state)[symbol];
    }
    return sum;
  }

  /// Takes the next symbol and returns the probability that it had.
  double observe(std::uint32_t symbol) noexcept {
    double sum = 0;
    for (std::uint32_t to = 0; to < next_.size(); ++to) {
      double mass = 0;
      for (const FiniteSource::Arrival& step : source_->arrivals(symbol, to)) {
        mass += belief_[step.from] * step.probability;
      }
      next_[to] = mass;
      sum += mass;
    }
    if (sum > 0) {
      for (double& each : next_) each /= sum;
    }
    belief_.swap(next_);
    return sum;
  }

  /// Says that a symbol came that the source does not have: nothing is possible until `reset`.
  void give_up() noexcept {
    for (double& each : belief_) each = 0;
  }

 private:
  const FiniteSource* source_;
  std::vector<double> belief_;
  std::vector<double> next_;
};

}  // namespace synthgen
