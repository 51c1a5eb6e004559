#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/registry.hpp"
#include "synthgen/law/mixture_predictor.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>
#include <array>

namespace synthgen {

extern const FamilyEntry mixture_family_entry;

namespace {

constexpr std::array<std::string_view, 1> mixture_keys{"components"};

/// More would take longer to check than anybody waits.
constexpr std::size_t most_components = 1000;

struct Component {
  double weight = 1;
  Config config = {};
  SourcePlan plan = {};
};

/// What a component's config means: its own keys on top of the mixture's keys that every family
/// uses.
Config inherited_config(const Config& mixture) {
  Config config = default_config();
  for (const std::string& key : mixture.given) {
    if (!is_common(key) || key == "generator" || key == "splits") continue;
    const Parameter& parameter = *find_parameter(key);
    parameter.set(config, parameter.get(mixture));
  }
  return config;
}

void read_component(const Config& mixture, const Config& inherited, const JsonField& own,
                    Component& component, std::vector<Problem>& problems) {
  Config config = inherited;
  const std::size_t before = problems.size();
  set_parameters(config, own);
  if (problems.size() > before || !own) return;
  const std::string place = own.place();
  if (&family_of(config) == &mixture_family_entry) {
    problems.push_back(
        {place + ".generator", "\"mixture\"", "a family that is not a mixture itself"});
  } else if (!config.splits.is_null()) {
    problems.push_back({place + ".splits", {}, "is only possible in the mixture's own config"});
  } else if (MadeSource plan = make_source(config)) {
    component.plan = std::move(*plan);
  } else {
    for (Problem& problem : plan.error().problems) {
      problem.key = formatted("{}.{}", place, problem.key);
      problems.push_back(std::move(problem));
    }
  }
  if (config.vocab_size > mixture.vocab_size) {
    problems.push_back({place + ".vocab_size", std::to_string(config.vocab_size),
                        formatted("at most the mixture's vocab_size = {}", mixture.vocab_size)});
  }
  component.config = std::move(config);
}

std::vector<Component> read_components(const Config& config, std::vector<Problem>& problems) {
  constexpr const char* allowed = "{\"weight\": w, \"config\": {...}}";
  std::vector<Component> components;
  bool possible = false;
  const Config inherited = inherited_config(config);
  const auto read = [&](const JsonField& field) {
    JsonObject object = field.object(allowed);
    if (!object) return;
    Component& component = components.emplace_back();
    object.optional("weight").number(component.weight, 0);
    possible = possible || component.weight != 0;
    const JsonField own = object.required("config");
    read_component(config, inherited, own, component, problems);
    object.refuse_unknown();
  };
  const JsonField list = JsonField::required(config.components, "components", problems);
  if (config.components.is_array() && config.components.size() > most_components) {
    problems.push_back({"components", counted(config.components.size(), "component"),
                        formatted("at most {} of them", most_components)});
    return components;
  }
  if (list.each(read, formatted("a list of at least one {}", allowed), 1) && !possible &&
      !components.empty()) {
    list.refuse("at least one weight above 0");
  }
  return components;
}

/// Each sequence is one component's own sequence of the same index.
class MixtureSource final : public SequenceSource {
 public:
  MixtureSource(std::uint32_t vocab_size, const std::vector<Component>& components)
      : vocab_size_(vocab_size) {
    std::vector<double> weights;
    for (const Component& component : components) {
      weights.push_back(component.weight);
      seeds_.push_back(static_cast<std::uint64_t>(component.config.seed));
      sources_.push_back(component.plan.build(component.config));
      has_labels_ = has_labels_ || sources_.back()->has_labels();
    }
    choice_ = WeightedChoice(weights);
  }

  Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const override {
    const std::size_t component = choice_.choose(WordStream(item, Substream::mixture).word(0));
    Result<void> appended = sources_[component]->append({seeds_[component], item.split, item.index},
                                                        batch, with_latents);
    if (!appended) return appended;
    if (with_latents) batch.latents.back().component = static_cast<std::uint32_t>(component);
    if (has_labels_ && !sources_[component]->has_labels()) batch.append_labels();
    return {};
  }

  bool has_labels() const override { return has_labels_; }

  MadePredictor predictor() const override {
    std::vector<WeightedPredictor> components;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (choice_.probability(i) == 0) continue;
      MadePredictor component = sources_[i]->predictor();
      if (!component) {
        return fail(component.error().kind,
                    formatted("components[{}]: {}", i, component.error().message));
      }
      if (const std::string_view reason = (*component)->no_token_law(); !reason.empty()) {
        return no_law(formatted("components[{}] has one for its labels only: {}", i, reason));
      }
      components.push_back({choice_.probability(i), std::move(*component)});
    }
    return std::make_unique<MixturePredictor>(vocab_size_, std::move(components));
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
    const ParameterKeys keys = joined_keys({length_keys(), {"components"}});
    return {{"avg_length", length, "sum of w avg_length over components", "tokens", keys},
            {"noise_rate", length > 0 ? noisy / length : 0,
             "sum of w avg_length noise_rate over components / avg_length", "of positions",
             joined_keys({{"noise_probability"}, keys})}};
  }

 private:
  std::uint32_t vocab_size_;
  WeightedChoice choice_;
  bool has_labels_ = false;
  std::vector<std::uint64_t> seeds_;
  std::vector<std::unique_ptr<const SequenceSource>> sources_;
};

MadeSource make_mixture(const Config& config) {
  std::vector<Problem> problems;
  const auto components =
      std::make_shared<const std::vector<Component>>(read_components(config, problems));
  if (!problems.empty()) return fail(std::move(problems));
  SourcePlan plan;
  for (const Component& component : *components) plan.table_bytes += component.plan.table_bytes;
  plan.build = [components](const Config& checked) -> std::unique_ptr<const SequenceSource> {
    return std::make_unique<const MixtureSource>(static_cast<std::uint32_t>(checked.vocab_size),
                                                 *components);
  };
  return plan;
}

}  // namespace

const FamilyEntry mixture_family_entry{
    .name = "mixture",
    .summary = "Each sequence comes from one of several configs, chosen by weight.",
    .example = "2/3 pattern, 1/3 hierarchical",
    .keys = mixture_keys,
    .make = &make_mixture,
    .claim = 3,
};

}  // namespace synthgen
