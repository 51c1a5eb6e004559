#pragma once

namespace synthgen {

/// x^−exponent for x ≥ 1 and exponent ≥ 0, from the four operations only: the C library's `pow`
/// differs between platforms in the last bit, this does not (with floating contraction off).
/// Relative error below 1e-13 while the result is a normal number; smaller results are 0.
double portable_inverse_power(double x, double exponent) noexcept;

}  // namespace synthgen
