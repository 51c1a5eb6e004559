#pragma once

#include <cmath>
#include <cstdint>

namespace synthgen {

/// A probability as the integer that random words are compared with: round(p·2^32). Thresholds
/// nest, so whatever holds at p also holds, at the same place, at every larger p.
class Decision {
 public:
  constexpr Decision() noexcept = default;
  /// `probability` lies in [0, 1].
  explicit Decision(double probability) noexcept
      : threshold_(static_cast<std::uint64_t>(std::round(probability * 4294967296.0))) {}

  constexpr bool holds(std::uint32_t word) const noexcept { return word < threshold_; }
  constexpr bool never() const noexcept { return threshold_ == 0; }
  /// The largest word for which it holds; not for one that never does.
  constexpr std::uint32_t largest_word() const noexcept {
    return static_cast<std::uint32_t>(threshold_ - 1);
  }

  /// The probability after rounding; what truth formulas use.
  constexpr double probability() const noexcept {
    return static_cast<double>(threshold_) / 4294967296.0;
  }

 private:
  std::uint64_t threshold_ = 0;
};

}  // namespace synthgen
