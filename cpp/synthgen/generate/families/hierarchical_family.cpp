#include "synthgen/generate/source.hpp"
#include "synthgen/generate/structure/hierarchy.hpp"
#include "synthgen/law/mixture_predictor.hpp"
#include "synthgen/law/successor_predictor.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 3> hierarchy_keys{
    "hierarchy_levels", "structure_probability", "global_coherence"};

/// The lengths of the leaves of a sequence, with how many leaves have each.
std::map<std::uint32_t, double> leaf_lengths(std::uint32_t length, int levels) {
  std::map<std::uint32_t, double> spans{{length, 1}};
  for (int level = 0; level < levels; ++level) {
    std::map<std::uint32_t, double> children;
    for (const auto& [span, count] : spans) {
      for (std::uint32_t i = 0; i < 4; ++i) {
        const std::uint32_t child = Band{0, span}.part(i, 4).size;
        if (child > 0) children[child] += count;
      }
    }
    spans = std::move(children);
  }
  return spans;
}

/// A theme for the sequence, spans that narrow it and echo one another, and tokens that succeed one
/// another.
class HierarchicalFamily final : public Family {
 public:
  explicit HierarchicalFamily(const Config& config)
      : Family(config), hierarchy_(config, content().size()) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const auto end = static_cast<std::uint32_t>(draft.tokens.size());
    const std::uint32_t theme = hierarchy_.theme(item);
    FreshTokens fresh = hierarchy_.fresh_tokens(content().sampler(), item);
    LeafTokens tokens(hierarchy_, item, fresh, draft);
    for (const Leaf& leaf : hierarchy_.leaves(item, theme, 0, end, true)) {
      const std::size_t copied = tokens.copy_source(leaf);
      tokens.draw(leaf, copied, leaf.start + leaf.length);
      tokens.succeed(leaf, copied, leaf.start + leaf.length);
      if (draft.latents != nullptr) draft.latents->spans.push_back(band_span(leaf));
    }
    if (draft.latents != nullptr) draft.latents->theme = theme;
    tokens.describe();
    return end;
  }

  std::vector<Expectation> truth(double noise) const override {
    std::vector<Expectation> expectations =
        common_truth(content().sampler(), {.noise = noise, .length = lengths().mean()});
    const std::optional<TokenLevelRates> rates = rates_with(noise);
    if (!rates) return expectations;
    const ParameterKeys keys = joined_keys(
        {content_keys(), length_keys(), {hierarchy_keys.begin(), hierarchy_keys.end()}});
    expectations.push_back({"theme_share", rates->theme_share,
                            "mean of s A + (1 - s A)(g + (1 - g) P(theme)), noise: (1 - e) x + e "
                            "P(theme)",
                            "of tokens", joined_keys({keys, {"noise_probability"}})});
    expectations.push_back(
        {"successor_rate", rates->successor_rate,
         "mean of s A(i-1), A(0) = a, A(i) = a + s(1 - a) A(i-1), a = g + (1 - g) "
         "P(leaf)",
         "of tokens, before noise", keys});
    return expectations;
  }

  std::vector<KindShare> clean_kinds() const override {
    const std::optional<TokenLevelRates> rates = rates_with(0);
    if (!rates) return {};
    return {{"successor", rates->successor_rate}};
  }

  /// A mixture over themes. Below them, spans whose bands and echoes are hidden make what is known
  /// about a span depend on every earlier one.
  MadePredictor predictor(double noise) const override {
    const double structure = hierarchy_.structure().probability();
    if (hierarchy_.local_levels() > 0 && structure > 0) {
      return no_law(
          "with hierarchy_levels above 2, spans narrow their bands and copy earlier spans of the "
          "same band, and the number of ways in which the tokens so far can have come about grows "
          "exponentially; with at most 2 levels it is exact");
    }
    const double successor = hierarchy_.has_token_level() ? structure : 0;
    std::vector<WeightedPredictor> themes;
    for (std::uint32_t theme = 0; theme < hierarchy_.themes(); ++theme) {
      FreshLaw fresh(content().sampler(), false, hierarchy_.theme_band(theme),
                     hierarchy_.coherence().probability());
      themes.push_back(
          {1.0 / hierarchy_.themes(), std::make_unique<SuccessorPredictor>(
                                          std::move(fresh), successor, noise, lengths().law())});
    }
    return std::make_unique<MixturePredictor>(content().size(), std::move(themes));
  }

 private:
  /// None where there are too many lengths or bands to add up.
  std::optional<TokenLevelRates> rates_with(double noise) const {
    constexpr int most_levels_to_enumerate = 6;
    constexpr std::uint32_t most_lengths = 1U << 16;
    if ((!content().sampler().is_uniform() &&
         hierarchy_.local_levels() > most_levels_to_enumerate) ||
        lengths().longest() - lengths().shortest() > most_lengths) {
      return std::nullopt;
    }
    std::map<std::uint32_t, double> spans;
    for (std::uint32_t length = lengths().shortest(); length <= lengths().longest(); ++length) {
      for (const auto& [span, count] : leaf_lengths(length, hierarchy_.local_levels())) {
        spans[span] += count;
      }
    }
    return token_level_rates(hierarchy_, content().sampler(), {spans.begin(), spans.end()}, noise);
  }

  Hierarchy hierarchy_;
};

}  // namespace

extern const FamilyEntry hierarchical_family_entry;
const FamilyEntry hierarchical_family_entry{
    .name = "hierarchical",
    .summary =
        "A theme for the sequence, spans that narrow it and echo one another, tokens that succeed "
        "one "
        "another.",
    .example = "theme 500-749 | 512 513 514 700 | 531 532 602 603 | 512 513 514 700",
    .keys = hierarchy_keys,
    .make = &make_layered<HierarchicalFamily>,
};

}  // namespace synthgen
