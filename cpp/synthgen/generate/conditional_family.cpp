#include "synthgen/generate/condition.hpp"
#include "synthgen/generate/families.hpp"
#include "synthgen/generate/segments.hpp"

namespace synthgen {
namespace {

constexpr Substream style_mask_substream{17};

/// A condition token first, then a pattern body that it steers.
class ConditionalFamily final : public Family {
 public:
  explicit ConditionalFamily(const Config& config) : ConditionalFamily(config, Condition(config)) {}

  std::uint32_t length(const Item& item) const override {
    return condition_.length(item, lengths()).value_or(Family::length(item));
  }

  std::size_t first_content() const override { return 1; }

  std::size_t write(const Item& item, Draft& draft) const override {
    const std::uint32_t condition = condition_.draw(item);
    draft.tokens[0] = condition_.tokens()[condition];
    FreshTokens fresh(content().sampler(), item, condition_.style(), style_mask_substream);
    fresh.prefer(condition_.band(condition, content().size()));
    fresh.fill(1, draft.tokens.subspan(1));
    if (!draft.laws.empty()) {
      draft.laws[0] = condition_law(condition_);
      std::fill(draft.laws.begin() + 1, draft.laws.end(), fresh.law());
    }
    SegmentWriter(decisions_, item, content().size(), condition_.pattern(condition, decisions_))
        .cover(1, draft.tokens.size(), fresh, draft, [](const Span&) {});
    if (draft.latents != nullptr) describe(item, condition, fresh, draft);
    return draft.tokens.size();
  }

  std::vector<Expectation> truth(double noise) const override {
    const double length = condition_.mean_length(lengths());
    std::vector<Expectation> expectations = common_truth(*this, noise, length, 1);
    expectations.push_back({"pattern_share",
                            decisions_.pattern_probability() * (length - 1) / length,
                            "pattern_probability (1 - 1 / avg_length)", "of positions"});
    expectations.push_back(
        {"condition_information_bits",
         condition_information_bits(condition_, content().sampler(),
                                    condition_.style().probability(), noise),
         "I(condition; fresh token) from P(x|k) = (1 - e)[s p(x|band k) + (1 - s) p(x)] + e p(x)",
         "bits per fresh token"});
    if (condition_.controls_pattern()) {
      const double strength = condition_.strength().probability();
      expectations.push_back(
          {"condition_pattern_share",
           strength + (1 - strength) / static_cast<double>(decisions_.types().size()),
           "s + (1 - s) / number of pattern_types", "of pattern segments"});
    }
    return expectations;
  }

 private:
  ConditionalFamily(const Config& config, Condition condition)
      : Family(config, condition.tokens()), condition_(std::move(condition)), decisions_(config) {}

  void describe(const Item& item, std::uint32_t condition, FreshTokens& fresh, Draft& draft) const {
    draft.latents->condition = condition;
    Followed followed;
    for (std::uint32_t t = 1; t < draft.tokens.size(); ++t) {
      if (draft.laws[t].kind == PositionLaw::Kind::fresh && fresh.uses_band(t)) {
        append_position(followed.style, t);
      }
    }
    if (condition_.controls_length(lengths())) {
      followed.length = condition_.length(item, lengths()).has_value();
    }
    draft.latents->followed = std::move(followed);
  }

  Condition condition_;
  PatternDecisions decisions_;
};

}  // namespace

const FamilyEntry conditional_family_entry{
    "conditional",
    "The first token is a condition; it steers style, patterns and length of what follows.",
    "<3> | 312 345 301 333 | 350 351 352 | 309 377",
    &check_condition,
    &make_layered<ConditionalFamily>,
};

}  // namespace synthgen
