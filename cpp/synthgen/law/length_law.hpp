#pragma once

#include <cstdint>

namespace synthgen {

/// The law of lengths that are uniform on the integers from `shortest` to `longest`.
struct LengthLaw {
  std::uint64_t shortest = 1;
  std::uint64_t longest = 1;

  /// P(length ≥ t).
  double reaches(std::uint64_t t) const noexcept {
    if (t <= shortest) return 1;
    if (t > longest) return 0;
    return static_cast<double>(longest - t + 1) / static_cast<double>(longest - shortest + 1);
  }

  /// P(length > t | length ≥ t): there is a token at position t, counted from 0, if there is one
  /// before it.
  double continues(std::uint64_t t) const noexcept {
    if (t < shortest) return 1;
    if (t >= longest) return 0;
    return static_cast<double>(longest - t) / static_cast<double>(longest - t + 1);
  }
};

}  // namespace synthgen
