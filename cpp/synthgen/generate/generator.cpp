#include "synthgen/generate/generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {
namespace {

bool overrides(const Config& config, Split split) {
  return config.splits.is_object() && config.splits.contains(name(split));
}

/// What is wrong with a config that holds in a split.
std::vector<Problem> check_family(const Config& config) {
  std::vector<Problem> problems = family_of(config).check(config);
  if (config.vocab_distribution == "zipf" && config.vocab_size > TokenSampler::max_zipf_size) {
    problems.push_back({"vocab_size", std::to_string(config.vocab_size),
                        formatted("an integer from 2 to {} with vocab_distribution zipf",
                                  TokenSampler::max_zipf_size)});
  }
  return problems;
}

}  // namespace

std::vector<Problem> check(const Config& config) {
  std::vector<Problem> problems = check_splits(config);
  const auto add = [&](std::vector<Problem> found, const std::string& place) {
    for (Problem& problem : found) {
      problem.key = place + problem.key;
      problems.push_back(std::move(problem));
    }
  };
  add(check_family(config), {});
  for (const Split split : all_splits) {
    if (!overrides(config, split)) continue;
    std::vector<Problem> found;
    const Config in_split = split_config(config, split, found);
    const bool readable = found.empty();
    add(std::move(found), {});
    if (readable && problems.empty()) {
      add(check_family(in_split), formatted("splits.{}.", name(split)));
    }
  }
  return problems;
}

std::vector<std::string> notes(const Config& config) {
  std::vector<std::string> lines;
  const FamilyEntry& family = family_of(config);
  if (config.generator.empty()) {
    lines.push_back(formatted("no generator named: using {}", family.name));
  }
  for (const std::string& key : config.given) {
    if ((find_parameter(key)->families & family_bit(family.name)) == 0) {
      lines.push_back(formatted("{} is not used by {}; kept", key, family.name));
    }
  }
  if (family.name == "template" && config.template_fill == "pad" &&
      config.pad_token < config.vocab_size) {
    lines.push_back(formatted("pad_token {} is also a content id", config.pad_token));
  }
  return lines;
}

Json canonical_config(const Config& config) {
  const std::string_view family = family_of(config).name;
  Config named = config;
  named.generator = family;
  return to_json(named, family_bit(family));
}

Result<Generator> Generator::create(const Config& config) {
  if (&family_of(config) == &custom_family_entry) {
    return fail({{"generator", "\"custom\"",
                  "a family that is known by name; custom generators are made by C++ or JavaScript "
                  "code (SequenceGenerator)"}});
  }
  return create(config, [](const Config& in_split) { return family_of(in_split).make(in_split); });
}

Result<Generator> Generator::create_custom(const Config& config, const CustomFactory& make) {
  Config named = config;
  named.generator = custom_family_entry.name;
  std::shared_ptr<const SequenceGenerator> first;
  try {
    Result<Generator> generator = create(named, [&](const Config& in_split) {
      std::shared_ptr<const SequenceGenerator> made = make(in_split);
      if (made == nullptr) throw std::invalid_argument("it is null");
      if (first == nullptr) first = made;
      return std::make_shared<const CustomSource>(std::move(made));
    });
    if (generator) generator->custom_ = std::move(first);
    return generator;
  } catch (const std::exception& error) {
    return fail(ErrorKind::usage, formatted("the custom generator was not made: {}", error.what()));
  }
}

Result<Generator> Generator::create(const Config& config, const MakeSource& make) {
  std::vector<Problem> problems = check(config);
  if (!problems.empty()) return fail(std::move(problems));
  Generator generator;
  generator.config_ = config;
  for (const Split split : all_splits) {
    auto& source = generator.sources_[static_cast<std::size_t>(split)];
    if (split != Split::train && !overrides(config, split) && !overrides(config, Split::train)) {
      source = generator.sources_.front();
      continue;
    }
    const Config in_split = split_config(config, split, problems);
    source = make(in_split);
  }
  return generator;
}

Result<void> Generator::generate(Split split, std::uint64_t first, std::uint64_t count,
                                 SequenceBatch& batch, bool with_latents) const {
  const auto seed = static_cast<std::uint64_t>(config_.seed);
  for (std::uint64_t i = 0; i < count; ++i) {
    Result<void> appended = source(split).append({seed, split, first + i}, batch, with_latents);
    if (!appended) return appended;
  }
  return {};
}

std::optional<Split> Generator::common_split(const SequenceCounts& sequences) const {
  std::optional<Split> common;
  for (const Split split : all_splits) {
    if (sequences[static_cast<std::size_t>(split)] == 0) continue;
    if (common && &source(*common) != &source(split)) return std::nullopt;
    if (!common) common = split;
  }
  return common;
}

std::vector<Expectation> Generator::dataset_truth(const SequenceCounts& sequences) const {
  const std::uint64_t all = std::accumulate(sequences.begin(), sequences.end(), std::uint64_t{0});
  if (all == 0) return {};
  if (const std::optional<Split> common = common_split(sequences)) {
    std::vector<Expectation> expectations = source(*common).truth();
    for (Expectation& expectation : source(*common).dataset_truth(all)) {
      expectations.push_back(std::move(expectation));
    }
    return expectations;
  }
  // Splits that differ: what is a mean over all their sequences.
  std::vector<Expectation> means;
  for (const char* const mean : {"avg_length", "average_entropy", "global_coherence"}) {
    double sum = 0;
    bool known = true;
    Expectation last;
    for (const Split split : all_splits) {
      const std::uint64_t weight = sequences[static_cast<std::size_t>(split)];
      if (weight == 0) continue;
      const std::vector<Expectation> truth = source(split).truth();
      const auto found = std::find_if(truth.begin(), truth.end(),
                                      [&](const Expectation& each) { return each.name == mean; });
      known = known && found != truth.end();
      if (!known) break;
      last = *found;
      sum += static_cast<double>(weight) * found->value;
    }
    if (!known) continue;
    last.value = sum / static_cast<double>(all);
    last.formula = "mean over splits of: " + last.formula;
    means.push_back(std::move(last));
  }
  return means;
}

}  // namespace synthgen
