#include "synthgen/generate/generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/registry.hpp"

#include <fmt/format.h>

namespace synthgen {

std::vector<Problem> check(const Config& config) {
  std::vector<Problem> problems = family_of(config).check(config);
  if (config.vocab_distribution == "zipf" && config.vocab_size > TokenSampler::max_zipf_size) {
    problems.push_back({"vocab_size", std::to_string(config.vocab_size),
                        fmt::format("an integer from 2 to {} with vocab_distribution zipf",
                                    TokenSampler::max_zipf_size)});
  }
  return problems;
}

std::vector<std::string> notes(const Config& config) {
  std::vector<std::string> lines;
  const FamilyEntry& family = family_of(config);
  if (config.generator.empty()) {
    lines.push_back(fmt::format("no generator named: using {}", family.name));
  }
  for (const std::string& key : config.given) {
    if ((find_parameter(key)->families & family_bit(family.name)) == 0) {
      lines.push_back(fmt::format("{} is not used by {}; kept", key, family.name));
    }
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
  std::vector<Problem> problems = check(config);
  if (!problems.empty()) return fail(std::move(problems));
  return Generator(config, family_of(config));
}

Generator::Generator(Config config, const FamilyEntry& entry)
    : config_(std::move(config)),
      entry_(&entry),
      family_(entry.make(config_)),
      noise_(std::make_unique<NoiseLayer>(config_, family_->content())) {}

void Generator::generate(Split split, std::uint64_t first, std::uint64_t count,
                         SequenceBatch& batch, bool with_latents) const {
  for (std::uint64_t i = 0; i < count; ++i) {
    const Item item{static_cast<std::uint64_t>(config_.seed), split, first + i};
    if (with_latents) {
      append_described(item, batch);
    } else {
      append(item, batch);
    }
  }
}

void Generator::append(const Item& item, SequenceBatch& batch) const {
  Draft draft{.tokens = batch.append(family_->length(item))};
  family_->write(item, draft);
  noise_->apply(item, family_->first_noisy(), draft.tokens, nullptr);
}

void Generator::append_described(const Item& item, SequenceBatch& batch) const {
  Latents& latents = batch.latents.emplace_back();
  std::vector<PositionLaw> laws;
  Draft draft{.tokens = batch.append(family_->length(item)), .latents = &latents, .laws = &laws};
  family_->write(item, draft);
  const std::vector<std::uint32_t> clean(draft.tokens.begin(), draft.tokens.end());
  noise_->apply(item, family_->first_noisy(), draft.tokens, &latents.noise);
  latents.oracle_bits =
      oracle_bits(family_->content(), noise_->probability(), laws, clean, draft.tokens);
}

}  // namespace synthgen
