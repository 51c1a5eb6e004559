#include "synthgen/generate/condition.hpp"
#include "synthgen/generate/families.hpp"
#include "synthgen/generate/hierarchy.hpp"
#include "synthgen/generate/segments.hpp"

namespace synthgen {
namespace {

/// All knobs at once: a condition token, then the leaves of a hierarchy whose tokens prefer the
/// leaf's band, with pattern segments inside the leaves. Fresh segments have the hierarchy's token
/// level. The condition's style chooses the theme. Leaves do not echo one another: what recurs here
/// are the patterns.
class ComposedFamily final : public Family {
 public:
  explicit ComposedFamily(const Config& config) : ComposedFamily(config, Condition(config)) {}

  std::uint32_t length(const Item& item) const override {
    return condition_.length(item, lengths()).value_or(Family::length(item));
  }

  std::size_t first_content() const override { return 1; }

  std::size_t write(const Item& item, Draft& draft) const override {
    const auto end = static_cast<std::uint32_t>(draft.tokens.size());
    const std::uint32_t condition = condition_.draw(item);
    const std::optional<std::uint32_t> steered_theme =
        condition_.theme(item, condition, hierarchy_.themes());
    const std::uint32_t theme = steered_theme.value_or(hierarchy_.theme(item));
    draft.tokens[0] = condition_.tokens()[condition];
    if (!draft.laws.empty()) draft.laws[0] = condition_law(condition_);

    FreshTokens fresh = hierarchy_.fresh_tokens(content().sampler(), item);
    LeafTokens tokens(hierarchy_, item, fresh, draft);
    SegmentWriter segments(decisions_, item, content().size(),
                           condition_.pattern(condition, decisions_));
    for (const Leaf& leaf : hierarchy_.leaves(item, theme, 1, end, false)) {
      if (draft.latents != nullptr) draft.latents->spans.push_back(band_span(leaf));
      fresh.prefer(leaf.band);
      segments.cover(leaf.start, leaf.start + leaf.length, fresh, draft, [&](const Span& span) {
        if (span.kind == SpanKind::fresh) {
          tokens.write(leaf, span.start, span.start + span.length);
          return;
        }
        fresh.fill(span.start, draft.tokens.subspan(span.start, span.length));
        for (PositionLaw& law : draft.laws_of(span.start, span.length)) law = fresh.law();
      });
    }
    if (draft.latents != nullptr) {
      draft.latents->theme = theme;
      draft.latents->condition = condition;
      Followed followed;
      if (condition_.controls_style()) followed.style_as_theme = steered_theme.has_value();
      if (condition_.controls_length(lengths())) {
        followed.length = condition_.length(item, lengths()).has_value();
      }
      draft.latents->followed = std::move(followed);
    }
    tokens.describe();
    return end;
  }

  std::vector<Expectation> truth(double noise) const override {
    const double length = condition_.mean_length(lengths());
    std::vector<Expectation> expectations = common_truth(*this, noise, length, 1);
    expectations.push_back({"pattern_share",
                            decisions_.pattern_probability() * (length - 1) / length,
                            "pattern_probability (1 - 1 / avg_length)", "of positions"});
    return expectations;
  }

 private:
  ComposedFamily(const Config& config, Condition condition)
      : Family(config, condition.tokens()),
        condition_(std::move(condition)),
        hierarchy_(config, content().size()),
        decisions_(config) {}

  Condition condition_;
  Hierarchy hierarchy_;
  PatternDecisions decisions_;
};

}  // namespace

const FamilyEntry composed_family_entry{
    "composed",
    "All knobs at once: condition token, hierarchical bands, pattern segments inside them, noise.",
    "<3> | 512 513 700 512 513 700 | 531 602 | 540 541 542",
    &check_condition,
    &make_layered<ComposedFamily>,
};

}  // namespace synthgen
