#include "synthgen/random/portable_math.hpp"

#include <array>
#include <cmath>

// `frexp`, `ldexp` and `trunc` only move bits: they are exact on every platform.

namespace synthgen {
namespace {

constexpr double ln_2 = 0.69314718055994530942;

/// 1, 1/3, 1/5, …, 1/25.
constexpr auto odd_reciprocals = [] {
  std::array<double, 13> reciprocals{};
  for (std::size_t i = 0; i < reciprocals.size(); ++i) {
    reciprocals[i] = 1.0 / static_cast<double>(2 * i + 1);
  }
  return reciprocals;
}();

}  // namespace

double portable_log2(double x) noexcept {
  // The exponent plus the series of 2·atanh(z), z = (m − 1)/(m + 1), for a mantissa m in
  // [2/3, 4/3), so that z² ≤ 1/25.
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // [1/2, 1)
  if (mantissa < 2.0 / 3.0) {
    mantissa *= 2.0;
    --exponent;
  }
  const double z = (mantissa - 1.0) / (mantissa + 1.0);
  const double z_squared = z * z;
  double sum = 0.0;
  for (std::size_t i = odd_reciprocals.size(); i-- > 0;) sum = sum * z_squared + odd_reciprocals[i];
  return exponent + 2.0 * z * sum / ln_2;
}

double portable_exp2(double y) noexcept {
  // Taylor's series of e^(f·ln 2), |f| ≤ 1/2.
  if (y < -1021.0) return 0.0;
  const double whole = std::trunc(y - 0.5);
  const double argument = (y - whole) * ln_2;
  double sum = 1.0;
  for (int k = 18; k >= 1; --k) sum = 1.0 + argument / k * sum;
  return std::ldexp(sum, static_cast<int>(whole));
}

double portable_inverse_power(double x, double exponent) noexcept {
  return portable_exp2(-exponent * portable_log2(x));
}

}  // namespace synthgen
