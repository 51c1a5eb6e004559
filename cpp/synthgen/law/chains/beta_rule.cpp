#include "synthgen/law/chains/beta_rule.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace synthgen {
namespace {

constexpr double bits_per_nat = 1.44269504088896340736;
constexpr double widest_step = 0.45;  ///< of the log odds: singularities are π away
constexpr double steps_per_deviation = 1.6;
/// With one large parameter the density grows in the imaginary direction from π / 2 on.
constexpr double large_parameter = 10;
constexpr double large_step_share = 0.7;
constexpr double negligible_bits = 60;  ///< below the largest weight
constexpr double rounding_step = 1e-16;

/// A symmetric tridiagonal matrix, and the first components of its eigenvectors.
struct Tridiagonal {
  std::vector<double> diagonal;
  std::vector<double> beside;  ///< [i] couples i and i + 1; the last is 0
  std::vector<double> first;
};

/// The recurrence coefficients of the polynomials that are orthogonal under a measure, by the
/// Stieltjes procedure.
Tridiagonal jacobi_matrix(const UnitRule& measure, std::size_t size) {
  Tridiagonal matrix;
  for (auto* part : {&matrix.diagonal, &matrix.beside, &matrix.first}) part->resize(size);
  std::vector<double> last(measure.nodes.size(), 0);
  std::vector<double> current(measure.nodes.size(), 1);
  double norm = 1;
  for (std::size_t degree = 0; degree < size; ++degree) {
    double square = 0;
    double moment = 0;
    for (std::size_t i = 0; i < current.size(); ++i) {
      const double mass = measure.weights[i] * current[i] * current[i];
      square += mass;
      moment += mass * measure.nodes[i];
    }
    const double ratio = degree == 0 ? 0 : square / norm;
    matrix.diagonal[degree] = moment / square;
    if (degree > 0) matrix.beside[degree - 1] = std::sqrt(ratio);
    norm = square;
    for (std::size_t i = 0; i < current.size(); ++i) {
      const double next =
          (measure.nodes[i] - matrix.diagonal[degree]) * current[i] - ratio * last[i];
      last[i] = std::exchange(current[i], next);
    }
  }
  matrix.first[0] = 1;
  return matrix;
}

/// One sweep of the implicit QL algorithm over the block from `low` to `high`.
void sweep(Tridiagonal& matrix, std::size_t low, std::size_t high) {
  std::vector<double>& diagonal = matrix.diagonal;
  std::vector<double>& beside = matrix.beside;
  double g = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
  const double root = std::sqrt(g * g + 1);
  g = diagonal[high] - diagonal[low] + beside[low] / (g >= 0 ? g + root : g - root);
  double sine = 1;
  double cosine = 1;
  double shift = 0;
  for (std::size_t i = high; i-- > low;) {
    const double f = sine * beside[i];
    const double coupling = cosine * beside[i];
    const double radius = std::sqrt(f * f + g * g);
    beside[i + 1] = radius;
    if (radius == 0) {
      diagonal[i + 1] -= shift;
      beside[high] = 0;
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    g = diagonal[i + 1] - shift;
    const double turned = (diagonal[i] - g) * sine + 2 * cosine * coupling;
    shift = sine * turned;
    diagonal[i + 1] = g + shift;
    g = cosine * turned - coupling;
    const double component = matrix.first[i + 1];
    matrix.first[i + 1] = sine * matrix.first[i] + cosine * component;
    matrix.first[i] = cosine * matrix.first[i] - sine * component;
  }
  diagonal[low] -= shift;
  beside[low] = g;
  beside[high] = 0;
}

/// Makes the matrix diagonal.
void diagonalize(Tridiagonal& matrix) {
  const std::size_t size = matrix.diagonal.size();
  const auto is_negligible = [&](std::size_t i) {
    return std::fabs(matrix.beside[i]) <=
           rounding_step * (std::fabs(matrix.diagonal[i]) + std::fabs(matrix.diagonal[i + 1]));
  };
  for (std::size_t low = 0; low < size; ++low) {
    for (;;) {
      std::size_t high = low;
      while (high + 1 < size && !is_negligible(high)) ++high;
      if (high == low) break;
      sweep(matrix, low, high);
    }
  }
}

double powered(double value, int power) {
  double product = value;
  for (int i = 1; i < power; ++i) product *= value;
  return product;
}

}  // namespace

UnitRule beta_grid(double first, double second, int power) {
  const double deviation = std::sqrt(1 / first + 1 / second);
  const double share = std::max(first, second) > large_parameter ? large_step_share : 1;
  const double step = share * std::min(widest_step, deviation / steps_per_deviation);
  const double mode = (portable_log2(first) - portable_log2(second)) / bits_per_nat;
  UnitRule grid;
  std::vector<double> log_weights;
  double largest = 0;
  // From the mode outwards on both sides, until the weights no longer matter.
  for (const double direction : {1.0, -1.0}) {
    for (int i = direction > 0 ? 0 : 1;; ++i) {
      const double log_odds = mode + direction * i * step;
      const double small = portable_exp2(-std::fabs(log_odds) * bits_per_nat);
      const double log_sum = portable_log2(1 + small);
      const double log_small = -std::fabs(log_odds) * bits_per_nat - log_sum;
      const double log_weight = log_odds > 0 ? -first * log_sum + second * log_small
                                             : first * log_small - second * log_sum;
      if (i == 0) largest = log_weight;
      if (log_weight < largest - negligible_bits) break;
      const double odds =
          power == 1 ? small : portable_exp2(-std::fabs(log_odds) / power * bits_per_nat);
      grid.nodes.push_back(log_odds > 0 ? 1 / (1 + odds) : odds / (1 + odds));
      log_weights.push_back(log_weight);
    }
  }
  largest = *std::max_element(log_weights.begin(), log_weights.end());
  double total = 0;
  for (const double each : log_weights) {
    total += grid.weights.emplace_back(portable_exp2(each - largest));
  }
  for (double& weight : grid.weights) weight /= total;
  return grid;
}

UnitRule gauss_rule(const UnitRule& measure, std::size_t size) {
  Tridiagonal matrix = jacobi_matrix(measure, size);
  diagonalize(matrix);
  UnitRule rule{std::move(matrix.diagonal), std::move(matrix.first)};
  for (double& weight : rule.weights) weight *= weight;
  return rule;
}

BetaRule beta_rule(double first, double second, std::size_t size, int power) {
  BetaRule rule{gauss_rule(beta_grid(first, second, power), size)};
  for (double& node : rule.rule.nodes) {
    const double has = powered(node, power);
    const double lacks = powered(1 - node, power);
    node = has / (has + lacks);
    rule.complements.push_back(lacks / (has + lacks));
  }
  return rule;
}

}  // namespace synthgen
