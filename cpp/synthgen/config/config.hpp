#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/random/stream.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace synthgen {

inline constexpr std::int64_t max_seed = (std::int64_t{1} << 53) - 1;

/// Everything that determines a dataset, as plain values. The parameter table (`parameters()`) has
/// the meaning, range, default and unit of each member: make a Config with `default_config()`,
/// `parse_config` or `read_config`.
struct Config {
  std::string generator;
  std::int64_t vocab_size = 0;
  std::int64_t seq_length = 0;
  std::int64_t num_train = 0;
  std::int64_t num_val = 0;
  std::int64_t num_test = 0;
  std::int64_t seed = 0;
  std::string vocab_distribution;
  double zipf_exponent = 0;
  double noise_probability = 0;
  double length_variation = 0;
  double pattern_probability = 0;
  std::int64_t pattern_length = 0;
  std::vector<std::string> pattern_types;
  std::int64_t hierarchy_levels = 0;
  double structure_probability = 0;
  double global_coherence = 0;
  std::int64_t num_conditions = 0;
  double condition_strength = 0;
  std::vector<std::int64_t> condition_tokens;
  std::vector<std::string> condition_controls;
  Json templates;
  std::string template_fill;
  std::int64_t pad_token = 0;
  Json components;
  // Labels.
  std::string label_layout;
  std::string label_scope;
  // Recall.
  std::string recall_layout;
  std::int64_t num_kv_pairs = 0;
  double power_a = 0;
  bool random_non_queries = false;
  bool shuffle_queries = false;
  std::int64_t num_passes = 0;
  std::int64_t num_updates = 0;
  bool compositional = false;
  double frac_noise = 0;
  std::int64_t noise_vocab_size = 0;
  std::int64_t key_motif_size = 0;
  std::int64_t value_motif_size = 0;
  std::string key_motifs;
  bool always_answerable = false;
  Json custom_params;
  // hmm
  std::string machine;
  double machine_p = 0;
  double machine_q = 0;
  double machine_x = 0;
  double machine_a = 0;
  std::int64_t machine_states = 0;
  std::int64_t machine_symbols = 0;
  Json transitions;
  Json machines;
  Json initial_states;
  // markov
  std::string chain;
  std::int64_t markov_order = 0;
  std::int64_t markov_symbols = 0;
  std::string chain_start;
  Json chain_rows;
  double tree_branching = 0;
  // hmm and markov
  double dirichlet_alpha = 0;
  Json splits;

  /// Keys that were given explicitly, as opposed to defaulted.
  std::set<std::string, std::less<>> given;

  /// Number of sequences in a split.
  std::int64_t count(Split split) const noexcept {
    return std::array{num_train, num_val, num_test}[static_cast<std::size_t>(split)];
  }
};

inline constexpr std::array all_splits{Split::train, Split::val, Split::test};

/// "train", "val" or "test".
constexpr const char* name(Split split) noexcept {
  constexpr std::array names{"train", "val", "test"};
  return names[static_cast<std::size_t>(split)];
}

}  // namespace synthgen
