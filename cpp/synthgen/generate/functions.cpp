#include "synthgen/generate/functions.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/sequence_request.hpp"

namespace synthgen {
namespace {

Result<SequenceBatch> generated(const Generator& generator, const SequenceRequest& wanted) {
  SequenceBatch batch;
  reserve(batch, wanted.count, generator.config(wanted.split));
  return generator.generate(wanted.split, wanted.first, wanted.count, batch, wanted.latents)
      .map([&] { return std::move(batch); });
}

}  // namespace

Result<SequenceBatch> generate_requested(const Generator& generator, const Json& request) {
  return read_sequence_request(request).and_then(
      [&](const SequenceRequest& wanted) { return generated(generator, wanted); });
}

Result<SequenceBatch> generate_samples(const Json& arguments) {
  Json object = arguments;
  const Json given = object.value("num_samples", Json());
  object.erase("num_samples");
  Config config = default_config();
  std::vector<Problem> problems = set_parameters(config, object);
  const std::int64_t count = whole_number(given).value_or(-1);
  if (count < 0 || count > most_sequences) {
    problems.push_back(
        {"num_samples", to_text(given), formatted("an integer from 0 to {}", most_sequences)});
  }
  if (!problems.empty()) return fail(std::move(problems));
  return Generator::create(config).and_then([&](const Generator& generator) {
    return generated(generator, {.count = static_cast<std::uint64_t>(count)});
  });
}

Result<SequenceBatch> generate_random_sequences(const RandomSequencesOptions& options) {
  return generate_samples({{"generator", "random"},
                           {"vocab_size", options.vocab_size},
                           {"seq_length", options.seq_length},
                           {"num_samples", options.num_samples},
                           {"seed", options.seed}});
}

Result<SequenceBatch> generate_pattern_sequences(const PatternSequencesOptions& options) {
  return generate_samples({{"generator", "pattern"},
                           {"vocab_size", options.vocab_size},
                           {"seq_length", options.seq_length},
                           {"num_samples", options.num_samples},
                           {"pattern_types", options.pattern_types},
                           {"pattern_probability", options.pattern_probability},
                           {"seed", options.seed}});
}

Result<SequenceBatch> generate_hierarchical_sequences(const HierarchicalSequencesOptions& options) {
  return generate_samples({{"generator", "hierarchical"},
                           {"vocab_size", options.vocab_size},
                           {"seq_length", options.seq_length},
                           {"num_samples", options.num_samples},
                           {"hierarchy_levels", options.hierarchy_levels},
                           {"structure_probability", options.structure_probability},
                           {"seed", options.seed}});
}

Result<SequenceBatch> generate_conditional_sequences(const ConditionalSequencesOptions& options) {
  return generate_samples({{"generator", "conditional"},
                           {"vocab_size", options.vocab_size},
                           {"seq_length", options.seq_length},
                           {"num_samples", options.num_samples},
                           {"num_conditions", options.num_conditions},
                           {"condition_strength", options.condition_strength},
                           {"seed", options.seed}});
}

}  // namespace synthgen
