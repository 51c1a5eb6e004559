#pragma once

#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/generate/source.hpp"
#include "synthgen/generate/structure/condition.hpp"

#include <utility>
#include <vector>

namespace synthgen {

/// What families whose first token is a condition have in common: the condition tokens are not
/// content, the condition may steer the length, and pattern segments follow it.
class ConditionedFamily : public Family {
 public:
  std::uint32_t length(const Item& item) const override {
    return condition_.length(item, lengths()).value_or(Family::length(item));
  }

  std::size_t first_content() const override { return 1; }

  std::vector<Expectation> truth(double noise) const override {
    const double length = condition_.mean_length(lengths());
    const ParameterKeys length_moves = joined_keys(
        {length_keys(), {"num_conditions", "condition_strength", "condition_controls"}});
    std::vector<Expectation> expectations =
        common_truth(content().sampler(),
                     {.noise = noise,
                      .length = length,
                      .untouched = 1,
                      .length_depends_on = length_moves,
                      .content_depends_on = joined_keys({content_keys(), {"num_conditions"}})});
    expectations.push_back({"pattern_share",
                            decisions_.pattern_probability() * (length - 1) / length,
                            "pattern_probability (1 - 1 / avg_length)", "of positions",
                            joined_keys({{"pattern_probability"}, length_moves})});
    return expectations;
  }

 protected:
  ConditionedFamily(const Config& config, Condition condition)
      : Family(config, condition.reserved()),
        condition_(std::move(condition)),
        decisions_(config) {}

  const Condition& condition() const noexcept { return condition_; }
  const PatternDecisions& decisions() const noexcept { return decisions_; }

  /// Whether the condition chose this sequence's length; none where it cannot.
  std::optional<bool> followed_length(const Item& item) const {
    if (!condition_.controls_length(lengths())) return std::nullopt;
    return condition_.length(item, lengths()).has_value();
  }

 private:
  Condition condition_;
  PatternDecisions decisions_;
};

}  // namespace synthgen
