#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

namespace synthgen {

__extension__ using Int128 = __int128;

/// A sum of doubles in 128-bit fixed point with 60 fractional bits: adding and merging in any order
/// gives the same bits. Terms lie in ±2^24 and at most 2^40 of them are added.
class FixedSum {
 public:
  void add(double term) noexcept { sum_ += static_cast<Int128>(std::ldexp(term, fraction_bits)); }
  void merge(const FixedSum& other) noexcept { sum_ += other.sum_; }

  /// Writes or reads the state; refuses a sum that no terms can have.
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

/// The mean of doubles, whose sum is a `FixedSum`.
class FixedMean {
 public:
  void add(double term) noexcept {
    sum_.add(term);
    ++count_;
  }
  void merge(const FixedMean& other) noexcept {
    sum_.merge(other.sum_);
    count_ += other.count_;
  }
  template <class Archive>
  void exchange(Archive& archive) {
    archive(sum_, count_);
  }

  /// None without terms.
  std::optional<double> value() const noexcept {
    if (count_ == 0) return std::nullopt;
    return sum_.value() / static_cast<double>(count_);
  }

 private:
  FixedSum sum_;
  std::uint64_t count_ = 0;
};

}  // namespace synthgen
