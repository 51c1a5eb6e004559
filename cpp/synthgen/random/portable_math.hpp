#pragma once

namespace synthgen {

// From the four operations only: the C library's functions differ between platforms, and between
// processors, in the last bit; these do not (with floating contraction off).

/// log2 of a positive normal number; error below 1e-15 of the larger of 1 and the result.
double portable_log2(double x) noexcept;

/// 2^y for y ≤ 0. Relative error below 1e-15 while the result is a normal number; smaller results
/// are 0.
double portable_exp2(double y) noexcept;

/// x^−exponent for x ≥ 1 and exponent ≥ 0. Relative error below 1e-13 while the result is a normal
/// number; smaller results are 0.
double portable_inverse_power(double x, double exponent) noexcept;

}  // namespace synthgen
