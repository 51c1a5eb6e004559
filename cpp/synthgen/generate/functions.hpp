#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

class Generator;

/// The sequences that a request asks a generator for; see `read_sequence_request`. Fails (usage)
/// with every problem of the request, and as `Generator::generate` does.
Result<SequenceBatch> generate_requested(const Generator& generator, const Json& request);

/// Each function below generates `num_samples` sequences, 0 to `most_sequences`, of the train split
/// of the config that its options describe. It fails (usage) with every option that is out of
/// range; the parameter table has the ranges.

/// The options are a config's keys, `generator` among them, with `num_samples` for `num_train`.
Result<SequenceBatch> generate_samples(const Json& arguments);

struct RandomSequencesOptions {
  std::int64_t vocab_size = 10000;
  std::int64_t seq_length = 512;
  std::int64_t num_samples = 1000;
  std::int64_t seed = 42;
};

Result<SequenceBatch> generate_random_sequences(const RandomSequencesOptions& options);

struct PatternSequencesOptions {
  std::int64_t vocab_size = 10000;
  std::int64_t seq_length = 512;
  std::int64_t num_samples = 1000;
  std::vector<std::string> pattern_types = {"repetition", "alternation", "progression", "reversal"};
  double pattern_probability = 0.3;
  std::int64_t seed = 42;
};

Result<SequenceBatch> generate_pattern_sequences(const PatternSequencesOptions& options);

struct HierarchicalSequencesOptions {
  std::int64_t vocab_size = 10000;
  std::int64_t seq_length = 512;
  std::int64_t num_samples = 1000;
  std::int64_t hierarchy_levels = 3;
  double structure_probability = 0.5;
  std::int64_t seed = 42;
};

Result<SequenceBatch> generate_hierarchical_sequences(const HierarchicalSequencesOptions& options);

struct ConditionalSequencesOptions {
  std::int64_t vocab_size = 10000;
  std::int64_t seq_length = 512;
  std::int64_t num_samples = 1000;
  std::int64_t num_conditions = 10;
  double condition_strength = 0.8;
  std::int64_t seed = 42;
};

Result<SequenceBatch> generate_conditional_sequences(const ConditionalSequencesOptions& options);

}  // namespace synthgen
