#pragma once

#include <cstddef>
#include <vector>

namespace synthgen {

/// A probability measure on [0, 1] as a finite sum.
struct UnitRule {
  std::vector<double> nodes = {};
  std::vector<double> weights = {};  ///< of sum 1
};

/// The beta distribution with these parameters, as the trapezoidal rule in its log odds. There the
/// density is analytic and decays exponentially at both ends, so that the rule converges
/// geometrically (Trefethen and Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM
/// Review 56, 2014). The nodes are those of y, where the beta variable has the log odds of y times
/// `power`.
UnitRule beta_grid(double first, double second, int power = 1);

/// The Gauss rule of a discrete measure: exact for polynomials of degree 2 size − 1. The measure
/// has more nodes than the rule.
UnitRule gauss_rule(const UnitRule& measure, std::size_t size);

/// A beta variable in a few nodes, with what each lacks to 1.
struct BetaRule {
  UnitRule rule = {};
  std::vector<double> complements = {};
};

/// The Gauss rule of a beta variable x in y, for x = y^p / (y^p + (1 − y)^p). Where an integrand
/// behaves like x^c log x near 0 it behaves like y^(pc) log y, which polynomials in y approximate
/// far better; the same holds near 1.
BetaRule beta_rule(double first, double second, std::size_t size, int power);

}  // namespace synthgen
