#pragma once

#include "synthgen/law/chains/beta_rule.hpp"
#include "synthgen/law/chains/chain_predictors.hpp"

#include <array>
#include <vector>

namespace synthgen {

/// A chain of order 1 on three symbols whose rows are drawn for each sequence from a Dirichlet
/// prior and whose first token has the chain's stationary law.
///
/// Row i is divided into q_i = P(i is left) and r_i = P(to i + 1 | i is left), counted round the
/// circle. Given the counts all six have independent beta distributions. By the Markov chain tree
/// theorem the stationary law is π_i = x_i / (x_0 + x_1 + x_2) with x_i = w_i / q_i and
/// w_i = 1 − r_(i+1) (1 − r_(i+2)), and the law of the next token is made of ratios of posterior
/// means of π times entries of the current row. Each mean is a product of six Gauss rules
/// (beta_rule). With 1 / x = ∫ e^(−xt) dt over t > 0, by the trapezoidal rule in log t, the sum
/// over their grid factors at each t into three matrices over pairs of r, whose product has a
/// trace.
///
/// The relative error of a probability is below 1e-6 for α ≥ 0.25 and below 1e-5 from α = 0.1 on.
class StationaryTriplePredictor final : public ChainPredictor {
 public:
  /// `more_nodes` are added to each Gauss rule; two orders show the error.
  StationaryTriplePredictor(std::uint32_t vocab_size, const ContextWalk& walk, LengthLaw lengths,
                            double alpha, std::size_t more_nodes = 0);

  void reset() override;

 protected:
  double probability_in(const ContextWalk& walk, std::uint32_t symbol) const override;
  void learn(const ContextWalk& walk, std::uint32_t symbol) override;

 private:
  struct Row {
    std::array<double, 3> counts = {};  ///< with the prior's
    BetaRule leaving = {};              ///< q
    BetaRule turning = {};              ///< r
  };

  /// For one symbol i and each pair of r: the posterior mean of e^(−t w / q), at t, 2t, 4t …
  class Factor {
   public:
    /// Pairs are counted with the r of the symbol `outer` outside; `is_start` multiplies by w / q.
    void prepare(const std::array<Row, 3>& rows, std::size_t symbol, std::size_t outer,
                 bool is_start);
    void start(double t);
    /// Sets the means and doubles t.
    void average(bool is_current);
    const std::vector<double>& means() const { return means_; }
    /// The same times q, for the current symbol.
    const std::vector<double>& means_left() const { return means_left_; }

   private:
    std::vector<double> shares_;   ///< w of each pair
    std::vector<double> scales_;   ///< of each pair's mean
    std::vector<double> rates_;    ///< 1 / q of each node
    std::vector<double> nodes_;    ///< q
    std::vector<double> weights_;  ///< of each node
    std::vector<double> decayed_;  ///< 1 − e^(−t w / q), for each node all pairs
    std::vector<double> means_;
    std::vector<double> means_left_;
  };

  /// Posterior means times a common factor: of π, π q and π q r, with the current row's q and r.
  struct Means {
    double all = 0;
    double left = 0;
    double turned = 0;
  };

  void tabulate(Row& row, std::size_t symbol) const;
  /// Sets the law of the token after this one.
  void integrate(std::size_t current);
  void add(double weight, std::size_t current, Means& means);

  double alpha_;
  std::size_t more_nodes_;
  std::array<Row, 3> rows_;
  std::array<Row, 3> prior_;
  std::size_t first_ = 0;  ///< the first token
  std::array<double, 3> law_ = {};
  std::array<Factor, 3> factors_;
  std::vector<double> inner_;
  std::vector<double> inner_turned_;
};

}  // namespace synthgen
