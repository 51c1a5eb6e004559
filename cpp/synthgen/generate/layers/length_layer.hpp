#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/law/length_law.hpp"

#include <cstdint>

namespace synthgen {

/// Bounds on the lengths of sequences.
struct LengthRange {
  std::uint64_t shortest = 0;  ///< no sequence has fewer tokens before its padding
  std::uint64_t longest = 0;   ///< no sequence has more tokens, padding included

  /// Whether every sequence has as many tokens as any other, and no padding.
  bool equal() const noexcept { return shortest == longest; }

  friend bool operator==(const LengthRange&, const LengthRange&) = default;
};

/// The length of each sequence: seq_length L without variation v, otherwise uniform on the integers
/// from max(1, round(L(1 − v))) to round(L(1 + v)), halves rounded up.
class LengthLayer {
 public:
  explicit LengthLayer(const Config& config) noexcept;

  std::uint32_t shortest() const noexcept { return shortest_; }
  std::uint32_t longest() const noexcept { return longest_; }
  LengthRange range() const noexcept { return {shortest_, longest_}; }
  LengthLaw law() const noexcept { return {shortest_, longest_}; }
  double mean() const noexcept { return (static_cast<double>(shortest_) + longest_) / 2; }

  std::uint32_t draw(const Item& item) const noexcept;

 private:
  std::uint32_t shortest_;
  std::uint32_t longest_;
};

}  // namespace synthgen
