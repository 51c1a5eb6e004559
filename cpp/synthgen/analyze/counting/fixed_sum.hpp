#pragma once

#include <cmath>
#include <cstdint>

namespace synthgen {

__extension__ using Int128 = __int128;

/// A sum of doubles in 128-bit fixed point with 60 fractional bits: adding and merging in any order
/// gives the same bits. Terms lie in ±2^24 and at most 2^40 of them are added.
class FixedSum {
 public:
  void add(double term) noexcept { sum_ += static_cast<Int128>(std::ldexp(term, fraction_bits)); }
  void merge(const FixedSum& other) noexcept { sum_ += other.sum_; }

  /// For an archive; refuses what no terms can add up to.
  template <class Archive>
  void exchange(Archive& archive) {
    archive(sum_);
    constexpr Int128 most = Int128{1} << (fraction_bits + 24 + 40);
    if (sum_ >= -most && sum_ <= most) return;
    sum_ = 0;
    archive.refuse();
  }

  double value() const noexcept { return std::ldexp(static_cast<double>(sum_), -fraction_bits); }

 private:
  static constexpr int fraction_bits = 60;
  Int128 sum_ = 0;
};

}  // namespace synthgen
