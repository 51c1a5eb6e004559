#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace synthgen {

/// The distribution of values in bounded memory: a function of the values alone, not of their order
/// or of how parts were merged.
///
/// Values are rounded to multiples of 2^-fraction_bits. While at most 2^15 of them differ, each is
/// kept with its count. Beyond that, values that agree in their leading 13 bits are counted
/// together: quantiles and the histogram are then off by at most one part in 2^12 of a value;
/// count, mean, standard deviation, minimum and maximum stay exact.
class ValueDistribution {
 public:
  /// Values lie in [0, 2^32) without fraction bits, in [0, 2^8) with 32 of them.
  explicit ValueDistribution(unsigned fraction_bits) : fraction_bits_(fraction_bits) {}

  void add(double value);
  void merge(const ValueDistribution& other);
  void exchange(StateArchive& archive);

  std::uint64_t count() const noexcept { return count_; }
  bool is_exact() const noexcept { return !coarse_; }
  /// Of at least one value.
  double mean() const noexcept;
  /// Square root of the mean squared difference from the mean.
  double standard_deviation() const noexcept;
  /// The smallest value that at least that share of the values does not exceed; 0 < share ≤ 1.
  double quantile(double share) const;

  /// count, mean, sd, min, max, quantiles, and a histogram of 20 equally wide bins from min to max
  /// (each with its lower edge, the last with both; one bin when all values are equal).
  Json report() const;
  /// Adds the same to the report's `distributions` under a name, with its possible error.
  void report(const char* name, ReportSections& sections) const;

 private:
  using Key = std::uint64_t;  ///< value · 2^fraction_bits
  static constexpr std::size_t most_different = std::size_t{1} << 15;

  double value_of(Key key) const noexcept;
  void coarsen();
  Json histogram() const;

  unsigned fraction_bits_;
  bool coarse_ = false;
  std::map<Key, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  Key least_ = ~Key{0};
  Key most_ = 0;
  Int128 sum_ = 0;
  Int128 sum_of_squares_ = 0;
};

}  // namespace synthgen
