#pragma once

#include "synthgen/law/chains/beta_rule.hpp"
#include "synthgen/law/chains/chain_predictors.hpp"

#include <array>

namespace synthgen {

/// A chain of order 1 on two symbols whose two rows are drawn for each sequence from a Dirichlet
/// prior and whose first token has the chain's stationary law. The first token then says something
/// of the chain: with a = P(0 → 1) and b = P(1 → 0) its probability is b / (a + b) for 0 and
/// a / (a + b) for 1, a factor of the likelihood for ever. What counting alone gives is wrong by a
/// few thousandths of a nat in the first tokens.
///
/// Posterior means are sums over a grid in the log odds of a and b (beta_grid). The relative error
/// is below 1e-11.
class StationaryPairPredictor final : public ChainPredictor {
 public:
  StationaryPairPredictor(std::uint32_t vocab_size, const ContextWalk& walk, LengthLaw lengths,
                          double alpha);

  void reset() override;

 protected:
  double probability_in(const ContextWalk& walk, std::uint32_t symbol) const override;
  void learn(const ContextWalk& walk, std::uint32_t symbol) override;

 private:
  /// The posterior of one row from its counts alone.
  struct Row {
    double leaves = 0;  ///< parameters of the beta distribution
    double stays = 0;
    UnitRule leaving = {};  ///< P(leaves the state)
  };

  void integrate();

  double alpha_;
  std::array<Row, 2> rows_;
  std::uint32_t first_ = 0;             ///< the first token
  std::array<double, 2> leaving_ = {};  ///< of each state, P(it is left | the tokens so far)
};

}  // namespace synthgen
