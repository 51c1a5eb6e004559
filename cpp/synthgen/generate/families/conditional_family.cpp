#include "synthgen/generate/families/conditioned_family.hpp"
#include "synthgen/generate/predictors/conditional_predictor.hpp"
#include "synthgen/generate/structure/segments.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr Substream style_mask_substream{17};

/// A condition token first, then a pattern body that it steers.
class ConditionalFamily final : public ConditionedFamily {
 public:
  explicit ConditionalFamily(const Config& config) : ConditionalFamily(config, Condition(config)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const std::uint32_t chosen = condition().draw(item);
    draft.tokens[0] = condition().token(chosen);
    FreshTokens fresh(content().sampler(), item, condition().style(), style_mask_substream);
    fresh.prefer(condition().band(chosen, content().size()));
    fresh.fill(1, draft.tokens.subspan(1));
    if (!draft.laws.empty()) {
      draft.laws[0] = condition_law(condition());
      std::fill(draft.laws.begin() + 1, draft.laws.end(), fresh.law());
    }
    SegmentWriter(decisions(), item, content().size(), condition().pattern(chosen, decisions()))
        .cover(1, draft.tokens.size(), fresh, draft, [](const Span&) {});
    if (draft.latents != nullptr) describe(item, chosen, fresh, draft);
    return draft.tokens.size();
  }

  std::vector<Expectation> truth(double noise) const override {
    std::vector<Expectation> expectations = ConditionedFamily::truth(noise);
    expectations.push_back(
        {"condition_information_bits",
         condition_information_bits(condition(), content().sampler(),
                                    condition().style().probability(), noise),
         "I(condition; fresh token) from P(x|k) = (1 - e)[s p(x|band k) + (1 - s) p(x)] + e p(x)",
         "bits per fresh token",
         joined_keys({content_keys(),
                      {"num_conditions", "condition_strength", "condition_controls",
                       "condition_tokens", "noise_probability"}})});
    if (condition().controls_pattern()) {
      const double strength = condition().strength().probability();
      expectations.push_back(
          {"condition_pattern_share",
           strength + (1 - strength) / static_cast<double>(decisions().types().size()),
           "s + (1 - s) / number of pattern_types",
           "of pattern segments",
           {"condition_strength", "pattern_types"}});
    }
    return expectations;
  }

  MadePredictor predictor(double noise) const override {
    return conditional_predictor(condition(), content(), decisions(), lengths(), noise);
  }

 private:
  ConditionalFamily(const Config& config, Condition condition)
      : ConditionedFamily(config, std::move(condition)) {}

  void describe(const Item& item, std::uint32_t chosen, FreshTokens& fresh, Draft& draft) const {
    draft.latents->condition = chosen;
    Followed followed;
    for (std::uint32_t t = 1; t < draft.tokens.size(); ++t) {
      if (draft.laws[t].kind == PositionLaw::Kind::fresh && fresh.uses_band(t)) {
        append_position(followed.style, t);
      }
    }
    followed.length = followed_length(item);
    draft.latents->followed = std::move(followed);
  }
};

constexpr std::array<std::string_view, 7> conditional_keys{
    "pattern_probability", "pattern_length",   "pattern_types",     "num_conditions",
    "condition_strength",  "condition_tokens", "condition_controls"};

MadeSource make_conditional(const Config& config) {
  std::vector<Problem> problems = check_condition(config);
  if (!problems.empty()) return fail(std::move(problems));
  return layered<ConditionalFamily>(config);
}

}  // namespace

extern const FamilyEntry conditional_family_entry;
const FamilyEntry conditional_family_entry{
    .name = "conditional",
    .summary =
        "The first token is a condition; it steers style, patterns and length of what follows.",
    .example = "<3> | 312 345 301 333 | 350 351 352 | 309 377",
    .keys = conditional_keys,
    .make = &make_conditional,
};

}  // namespace synthgen
