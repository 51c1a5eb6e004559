#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/layers/content.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// The condition of a sequence: its first token, and what that token steers in the rest. Each steer
/// holds with probability condition_strength.
class Condition {
 public:
  explicit Condition(const Config& config);

  /// Number of conditions, K.
  std::uint32_t count() const noexcept { return count_; }
  /// The token id of condition 0 … K − 1: those that are listed, then the smallest that are not.
  std::uint32_t token(std::uint32_t condition) const noexcept;
  /// The condition that an id stands for; none for other ids.
  std::optional<std::uint32_t> condition_of(std::uint32_t id) const noexcept;
  /// All of these ids.
  ReservedIds reserved() const;
  /// The condition's part of the content ids: band k of K nearly equal ones.
  Band band(std::uint32_t condition, std::uint32_t content_size) const noexcept {
    return Band{0, content_size}.part(condition, count());
  }

  /// The condition of a sequence, uniform.
  std::uint32_t draw(const Item& item) const noexcept;

  /// The length that the condition steers to; none where it does not steer.
  std::optional<std::uint32_t> length(const Item& item, const LengthLayer& lengths) const noexcept;
  /// Mean length over conditions and steers.
  double mean_length(const LengthLayer& lengths) const noexcept;

  /// P(length ≥ t) of the sequences with a condition.
  double reaches(std::uint32_t condition, std::uint64_t t,
                 const LengthLayer& lengths) const noexcept;

  /// How strongly it steers the fresh tokens; never where style is not controlled.
  Decision style() const noexcept { return controls_style_ ? strength_ : Decision(); }
  /// Whether it steers the theme of a hierarchy, and to which of `themes`.
  std::optional<std::uint32_t> theme(const Item& item, std::uint32_t condition,
                                     std::uint32_t themes) const noexcept;
  /// How it steers the types of pattern segments; none where they are not controlled.
  std::optional<PatternDecisions::Steer> pattern(std::uint32_t condition,
                                                 const PatternDecisions& decisions) const noexcept;
  /// Whether lengths can be steered at all.
  bool controls_length(const LengthLayer& lengths) const noexcept {
    return controls_length_ && lengths.shortest() < lengths.longest();
  }
  bool controls_style() const noexcept { return controls_style_; }
  bool controls_pattern() const noexcept { return controls_pattern_; }
  Decision strength() const noexcept { return strength_; }

 private:
  static std::uint32_t steered_length(std::uint32_t condition, std::uint32_t count,
                                      const LengthLayer& lengths) noexcept;

  /// The id with that rank among those that are not listed.
  std::uint32_t unlisted(std::uint32_t rank) const noexcept;

  std::uint32_t count_;
  std::vector<std::uint32_t> listed_;      ///< as the config lists them
  std::vector<std::uint32_t> rank_above_;  ///< of the first unlisted id above each, ascending
  Decision strength_;
  bool controls_style_;
  bool controls_pattern_;
  bool controls_length_;
};

/// The law of the condition token.
PositionLaw condition_law(const Condition& condition);

/// What is wrong with the condition's parameters, taken together.
std::vector<Problem> check_condition(const Config& config);

/// I(condition; fresh token) in bits, for fresh tokens that are drawn from the condition's band
/// with probability `style` and replaced by noise with probability `noise`.
double condition_information_bits(const Condition& condition, const TokenSampler& sampler,
                                  double style, double noise);

}  // namespace synthgen
