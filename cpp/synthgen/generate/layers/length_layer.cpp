#include "synthgen/generate/layers/length_layer.hpp"

#include "synthgen/random/bounded.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

/// A half that a decimal fraction means rounds up too, although 50·1.15 is 57.49999999999999 here:
/// the slack is above the error of the product (4e-9 at most) and below what a user can mean.
std::uint32_t round_half_up(double value) noexcept {
  constexpr double slack = 1e-6;
  return static_cast<std::uint32_t>(std::floor(value + 0.5 + slack));
}

}  // namespace

LengthLayer::LengthLayer(const Config& config) noexcept {
  const auto length = static_cast<double>(config.seq_length);
  shortest_ = std::max(1U, round_half_up(length * (1 - config.length_variation)));
  longest_ = round_half_up(length * (1 + config.length_variation));
}

std::uint32_t LengthLayer::draw(const Item& item) const noexcept {
  if (shortest_ == longest_) return shortest_;
  const WordStream words(item, Substream::length);
  return shortest_ + Bounded(longest_ - shortest_ + 1).draw(words, 0);
}

}  // namespace synthgen
