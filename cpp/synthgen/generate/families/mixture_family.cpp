#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/families.hpp"
#include "synthgen/generate/registry.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>

namespace synthgen {
namespace {

struct Component {
  double weight = 1;
  Config config;
};

/// What a component's config means: its own keys on top of the mixture's keys that every family
/// has.
Config component_config(const Config& mixture, const JsonField& own,
                        std::vector<Problem>& problems) {
  Config config = default_config();
  Json inherited = Json::object();
  for (const Parameter& parameter : parameters()) {
    if (parameter.families == every_family && parameter.key != "generator" &&
        parameter.key != "splits" && mixture.given.contains(parameter.key)) {
      inherited[std::string(parameter.key)] = parameter.get(mixture);
    }
  }
  set_parameters(config, inherited);
  const std::size_t before = problems.size();
  set_parameters(config, own);
  if (problems.size() > before) return config;
  const std::string place = own.place();
  const FamilyEntry& family = family_of(config);
  if (&family == &mixture_family_entry || &family == &custom_family_entry) {
    problems.push_back({place + ".generator", std::string(family.name),
                        "a family that is neither a mixture itself nor custom"});
  } else if (!config.splits.is_null()) {
    problems.push_back({place + ".splits", {}, "splits only in the mixture's own config"});
  } else {
    for (Problem& problem : family.check(config)) {
      problem.key = formatted("{}.{}", place, problem.key);
      problems.push_back(std::move(problem));
    }
  }
  if (config.vocab_size > mixture.vocab_size) {
    problems.push_back({place + ".vocab_size", std::to_string(config.vocab_size),
                        formatted("at most the mixture's vocab_size = {}", mixture.vocab_size)});
  }
  return config;
}

std::vector<Component> read_components(const Config& config, std::vector<Problem>& problems) {
  constexpr const char* allowed = "{\"weight\": w, \"config\": {...}}";
  std::vector<Component> components;
  bool possible = false;
  const auto read = [&](const JsonField& field) {
    JsonObject object = field.object(allowed);
    if (!object) return;
    Component& component = components.emplace_back();
    object.optional("weight").number(component.weight, 0);
    possible = possible || component.weight != 0;
    component.config = component_config(config, object.required("config"), problems);
    object.refuse_unknown();
  };
  const JsonField list = JsonField::required(config.components, "components", problems);
  if (list.each(read, formatted("a list of at least one {}", allowed), 1) && !possible &&
      !components.empty()) {
    list.refuse("at least one weight above 0");
  }
  return components;
}

/// Each sequence is one component's own sequence of the same index.
class MixtureSource final : public SequenceSource {
 public:
  explicit MixtureSource(const Config& config) {
    std::vector<Problem> ignored;
    std::vector<double> weights;
    for (const Component& component : read_components(config, ignored)) {
      weights.push_back(component.weight);
      seeds_.push_back(static_cast<std::uint64_t>(component.config.seed));
      sources_.push_back(family_of(component.config).make(component.config));
    }
    choice_ = WeightedChoice(weights);
  }

  Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const override {
    const std::size_t component = choice_.choose(WordStream(item, Substream::mixture).word(0));
    Result<void> appended = sources_[component]->append({seeds_[component], item.split, item.index},
                                                        batch, with_latents);
    if (appended && with_latents) {
      batch.latents.back().component = static_cast<std::uint32_t>(component);
    }
    return appended;
  }

  LengthRange length_range() const override {
    LengthRange range = sources_.front()->length_range();
    for (const auto& source : sources_) {
      range.shortest = std::min(range.shortest, source->length_range().shortest);
      range.longest = std::max(range.longest, source->length_range().longest);
    }
    return range;
  }

  /// Lengths add up by weight; the noise rate weighs the components' tokens.
  std::vector<Expectation> truth() const override {
    double length = 0;
    double noisy = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      double component_length = 0;
      double component_noise = 0;
      for (const Expectation& expectation : sources_[i]->truth()) {
        if (expectation.name == "avg_length") component_length = expectation.value;
        if (expectation.name == "noise_rate") component_noise = expectation.value;
      }
      length += choice_.probability(i) * component_length;
      noisy += choice_.probability(i) * component_length * component_noise;
    }
    return {{"avg_length", length, "sum of w avg_length over components", "tokens"},
            {"noise_rate", length > 0 ? noisy / length : 0,
             "sum of w avg_length noise_rate over components / avg_length", "of positions"}};
  }

 private:
  WeightedChoice choice_;
  std::vector<std::uint64_t> seeds_;
  std::vector<std::unique_ptr<const SequenceSource>> sources_;
};

}  // namespace

const FamilyEntry mixture_family_entry{
    "mixture",
    "Each sequence comes from one of several configs, chosen by weight.",
    "2/3 pattern, 1/3 hierarchical",
    [](const Config& config) {
      std::vector<Problem> problems;
      read_components(config, problems);
      return problems;
    },
    [](const Config& config) -> std::unique_ptr<const SequenceSource> {
      return std::make_unique<MixtureSource>(config);
    },
};

}  // namespace synthgen
