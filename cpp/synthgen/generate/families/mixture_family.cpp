#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/families.hpp"
#include "synthgen/generate/registry.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

struct Component {
  double weight = 1;
  Config config;
};

/// What a component's config means: its own keys on top of the mixture's keys that every family
/// has.
Config component_config(const Config& mixture, const Json& own, const std::string& place,
                        std::vector<Problem>& problems) {
  Json inherited = Json::object();
  for (const Parameter& parameter : parameters()) {
    if (parameter.families == every_family && parameter.key != "generator" &&
        parameter.key != "splits" && mixture.given.contains(parameter.key)) {
      inherited[std::string(parameter.key)] = parameter.get(mixture);
    }
  }
  Config config = default_config();
  set_parameters(config, inherited);
  const auto report = [&](std::vector<Problem> found) {
    for (Problem& problem : found) {
      problem.key = place + '.' + problem.key;
      problems.push_back(std::move(problem));
    }
  };
  std::vector<Problem> found = set_parameters(config, own);
  const bool readable = found.empty();
  report(std::move(found));
  if (!readable) return config;
  const FamilyEntry& family = family_of(config);
  if (&family == &mixture_family_entry || &family == &custom_family_entry) {
    problems.push_back({place + ".generator", std::string(family.name),
                        "a family that is neither a mixture itself nor custom"});
  } else if (!config.splits.is_null()) {
    problems.push_back({place + ".splits", {}, "splits only in the mixture's own config"});
  } else {
    report(family.check(config));
  }
  if (config.vocab_size > mixture.vocab_size) {
    problems.push_back({place + ".vocab_size", std::to_string(config.vocab_size),
                        formatted("at most the mixture's vocab_size = {}", mixture.vocab_size)});
  }
  return config;
}

std::vector<Component> read_components(const Config& config, std::vector<Problem>& problems) {
  std::vector<Component> components;
  const Json& list = config.components;
  if (!list.is_array() || list.empty()) {
    problems.push_back({"components", list.is_null() ? std::string() : to_text(list).substr(0, 80),
                        "a list of at least one {\"weight\": w, \"config\": {...}}"});
    return components;
  }
  bool possible = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = formatted("components[{}]", i);
    if (!list[i].is_object() || !list[i].contains("config")) {
      problems.push_back(
          {place, to_text(list[i]).substr(0, 80), "{\"weight\": w, \"config\": {...}}"});
      continue;
    }
    for (const auto& [key, value] : list[i].items()) {
      if (key != "weight" && key != "config") {
        problems.push_back({place + '.' + key, {}, "only the keys weight and config"});
      }
    }
    Component component;
    const Json weight = list[i].value("weight", Json(1.0));
    component.weight = weight.is_number() ? weight.get<double>() : -1;
    if (!(component.weight >= 0) || std::isinf(component.weight)) {
      problems.push_back({place + ".weight", to_text(weight), "a number from 0 up"});
    }
    possible = possible || component.weight != 0;
    component.config = component_config(config, list[i]["config"], place + ".config", problems);
    components.push_back(std::move(component));
  }
  if (!possible && !components.empty()) {
    problems.push_back({"components", "weights that are all 0", "at least one weight above 0"});
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
