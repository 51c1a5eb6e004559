#pragma once

#include "synthgen/law/finite_source.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// How unpredictable the symbols of a finite source are, from the beliefs that an observer can
/// arrive at (its mixed states): exactly where these are few, else with a bound on the error.
struct ProcessEntropy {
  /// h_t = H(x_t | x_0 … x_{t−1}) in bits, t = 0, 1, …, as far as it was enumerated.
  std::vector<double> conditional_bits = {};
  /// Whether all later h_t equal the last one.
  bool is_settled = false;
  /// Whether h_t never increases, so that later ones lie between the rate and the last.
  bool is_stationary = false;
  /// From a stationary start: the entropy rate lies in rate_bits ± rate_error_bits.
  double rate_bits = 0;
  double rate_error_bits = 0;
  /// The entropy of the causal states, if the observer arrives at finitely many.
  std::optional<double> complexity_bits = {};
  /// The excess entropy, the sum over t of h_t − rate, if it was enumerated until it converged.
  std::optional<double> excess_bits = {};
  double excess_error_bits = 0;

  /// h_0 + … + h_{n−1} for n = 0 … most, each h_t known to `tolerance`; empty if they are not.
  std::vector<double> cumulative_bits(std::uint64_t most, double tolerance) const;
};

/// Of a source whose start is a stationary distribution of it, or not. `budget` bounds the work, in
/// transitions computed.
///
/// Beliefs that agree to 1e-12 count as one. From a stationary start h_t decreases to the entropy
/// rate; given the first state too, it increases to it (Cover and Thomas, "Elements of Information
/// Theory", theorem 4.5.1). The two enclose the rate.
ProcessEntropy process_entropy(const FiniteSource& source, bool is_stationary, double budget = 3e5);

}  // namespace synthgen
