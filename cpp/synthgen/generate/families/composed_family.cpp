#include "synthgen/generate/families/conditioned_family.hpp"
#include "synthgen/generate/structure/hierarchy.hpp"
#include "synthgen/generate/structure/segments.hpp"

#include <array>

namespace synthgen {
namespace {

/// All knobs at once: a condition token, then the leaves of a hierarchy whose tokens prefer the
/// leaf's band, with pattern segments inside the leaves. Fresh segments have the hierarchy's token
/// level. The condition's style chooses the theme. Leaves do not echo one another: what recurs here
/// are the patterns.
class ComposedFamily final : public ConditionedFamily {
 public:
  explicit ComposedFamily(const Config& config) : ComposedFamily(config, Condition(config)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const auto end = static_cast<std::uint32_t>(draft.tokens.size());
    const std::uint32_t chosen = condition().draw(item);
    const std::optional<std::uint32_t> steered_theme =
        condition().theme(item, chosen, hierarchy_.themes());
    const std::uint32_t theme = steered_theme.value_or(hierarchy_.theme(item));
    draft.tokens[0] = condition().token(chosen);
    if (!draft.laws.empty()) draft.laws[0] = condition_law(condition());

    FreshTokens fresh = hierarchy_.fresh_tokens(content().sampler(), item);
    LeafTokens tokens(hierarchy_, item, fresh, draft);
    SegmentWriter segments(decisions(), item, content().size(),
                           condition().pattern(chosen, decisions()));
    for (const Leaf& leaf : hierarchy_.leaves(item, theme, 1, end, false)) {
      if (draft.latents != nullptr) draft.latents->spans.push_back(band_span(leaf));
      tokens.draw(leaf, leaf.start, leaf.start + leaf.length);
      segments.cover(leaf.start, leaf.start + leaf.length, fresh, draft, [&](const Span& span) {
        if (span.kind != SpanKind::fresh) tokens.keep(span.start, span.length);
      });
      tokens.succeed(leaf, leaf.start, leaf.start + leaf.length);
    }
    if (draft.latents != nullptr) {
      draft.latents->theme = theme;
      draft.latents->condition = chosen;
      Followed followed;
      if (condition().controls_style()) followed.style_as_theme = steered_theme.has_value();
      followed.length = followed_length(item);
      draft.latents->followed = std::move(followed);
    }
    tokens.describe();
    return end;
  }

  MadePredictor predictor(double /*noise*/) const override {
    return no_law(
        "segments, the bands of spans and the successors inside them are hidden together, and the "
        "number of ways in which the tokens so far can have come about grows exponentially");
  }

 private:
  ComposedFamily(const Config& config, Condition condition)
      : ConditionedFamily(config, std::move(condition)), hierarchy_(config, content().size()) {}

  Hierarchy hierarchy_;
};

constexpr std::array<std::string_view, 10> composed_keys{
    "pattern_probability",   "pattern_length",    "pattern_types",  "hierarchy_levels",
    "structure_probability", "global_coherence",  "num_conditions", "condition_strength",
    "condition_tokens",      "condition_controls"};

MadeSource make_composed(const Config& config) {
  std::vector<Problem> problems = check_condition(config);
  if (!problems.empty()) return fail(std::move(problems));
  return layered<ComposedFamily>(config);
}

}  // namespace

extern const FamilyEntry composed_family_entry;
const FamilyEntry composed_family_entry{
    .name = "composed",
    .summary =
        "All knobs at once: condition token, hierarchical bands, pattern segments inside them, "
        "noise.",
    .example = "<3> | 512 513 700 512 513 700 | 531 602 | 540 541 542",
    .keys = composed_keys,
    .make = &make_composed,
};

}  // namespace synthgen
