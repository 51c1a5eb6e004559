#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace synthgen {

/// The unit of a model's numbers, and of all that is reported about them.
enum class LossUnit : std::uint8_t { nats, bits };

inline constexpr std::array<std::string_view, 2> loss_unit_names{"nats", "bits"};

constexpr std::string_view name(LossUnit unit) noexcept {
  return loss_unit_names[static_cast<std::size_t>(unit)];
}

/// How many bits one of the unit is: log2(e) for nats.
constexpr double bits_in(LossUnit unit) noexcept {
  return unit == LossUnit::nats ? 1.44269504088896340736 : 1.0;
}

/// What a model predicts.
enum class ScoreTarget : std::uint8_t {
  tokens,  ///< each token from those before it
  labels,  ///< the label of each scored position from the tokens up to it
};

inline constexpr std::array<std::string_view, 2> score_target_names{"tokens", "labels"};

constexpr std::string_view name(ScoreTarget target) noexcept {
  return score_target_names[static_cast<std::size_t>(target)];
}

}  // namespace synthgen
