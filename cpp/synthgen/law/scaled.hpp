#pragma once

#include <cstdint>

namespace synthgen {

/// A number of at least 0 whose exponent does not run out: mantissa·2^(512·exponent), with a
/// mantissa of 0 or in [2^−256, 2^256]. Products of 16,384 token probabilities stay exact to a
/// double's rounding, where a double would be 0.
class Scaled {
 public:
  constexpr Scaled() noexcept = default;
  /// `value` is 0 or in [2^−768, 2^768].
  constexpr Scaled(double value) noexcept : mantissa_(value) { normalize(); }

  constexpr bool is_zero() const noexcept { return mantissa_ == 0; }
  constexpr double mantissa() const noexcept { return mantissa_; }
  constexpr std::int32_t exponent() const noexcept { return exponent_; }

  /// `factor` is 0 or in [2^−512, 2^512].
  constexpr Scaled& operator*=(double factor) noexcept {
    mantissa_ *= factor;
    normalize();
    return *this;
  }
  constexpr Scaled& operator*=(const Scaled& other) noexcept {
    exponent_ += other.exponent_;
    return *this *= other.mantissa_;
  }
  constexpr Scaled& operator+=(const Scaled& other) noexcept {
    add(other, 1);
    normalize();
    return *this;
  }

  friend constexpr Scaled operator*(Scaled one, double other) noexcept { return one *= other; }
  friend constexpr Scaled operator*(Scaled one, const Scaled& other) noexcept {
    return one *= other;
  }
  friend constexpr Scaled operator+(Scaled one, const Scaled& other) noexcept {
    return one += other;
  }

  /// The quotient, which is within a double's range; `divisor` is not 0.
  friend constexpr double operator/(const Scaled& one, const Scaled& divisor) noexcept {
    return one.is_zero()
               ? 0
               : shifted(one.mantissa_ / divisor.mantissa_, one.exponent_ - divisor.exponent_);
  }

 private:
  friend class ScaledSum;
  static constexpr double step = 0x1p512;

  constexpr void normalize() noexcept {
    if (mantissa_ > 0x1p256) {
      mantissa_ *= 1 / step;
      ++exponent_;
    } else if (mantissa_ < 0x1p-256 && mantissa_ > 0) {
      mantissa_ *= step;
      --exponent_;
    }
  }

  static constexpr double shifted(double value, std::int32_t exponent) noexcept {
    for (; exponent > 0 && value < 0x1p511; --exponent) value *= step;
    for (; exponent < 0 && value > 0; ++exponent) value *= 1 / step;
    return value;
  }

  /// Adds other·coefficient without bringing the mantissa back into its range.
  constexpr void add(const Scaled& other, double coefficient) noexcept {
    const double addend = other.mantissa_ * coefficient;
    if (other.exponent_ == exponent_) {
      mantissa_ += addend;
    } else if (addend != 0) {
      add_across(addend, other.exponent_);
    }
  }
  constexpr void add_across(double addend, std::int32_t exponent) noexcept {
    if (mantissa_ == 0) {
      mantissa_ = addend;
      exponent_ = exponent;
    } else if (exponent < exponent_) {
      mantissa_ += shifted(addend, exponent - exponent_);
    } else {
      mantissa_ = shifted(mantissa_, exponent_ - exponent) + addend;
      exponent_ = exponent;
    }
  }

  double mantissa_ = 0;
  std::int32_t exponent_ = 0;
};

/// A sum of many products of a scaled number and a coefficient in [0, 1].
class ScaledSum {
 public:
  void add(const Scaled& number, double coefficient) noexcept { sum_.add(number, coefficient); }

  Scaled total() const noexcept {
    Scaled total = sum_;
    total.normalize();
    return total;
  }

 private:
  Scaled sum_;
};

}  // namespace synthgen
