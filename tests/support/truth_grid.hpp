#pragma once

#include "synthgen/random/engine.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/configs.hpp"

namespace synthgen::testing {

/// The configs on which a family's truth is tried: for each key the values that are crossed at
/// random, and whole configs at the borders of the parameters. None measures events so rare (equal
/// neighbours in two tokens of many ids) that their counts are skewed.
struct TruthGrid {
  const char* crossed;  ///< JSON: for each key a list of values
  const char* corners;  ///< JSON: a list of configs
  /// What is the same in all sequences of a config.
  std::set<std::string> certain = {};
};

inline const std::map<std::string, TruthGrid>& truth_grids() {
  static const std::map<std::string, TruthGrid> grids{
      {"random",
       {R"({"vocab_size": [2, 3, 17, 100], "seq_length": [1, 9, 40, 64, 100]})",
        R"([{"vocab_size": 2147483647, "noise_probability": 0.5},
                      {"vocab_distribution": "zipf", "zipf_exponent": 0, "vocab_size": 50},
                      {"vocab_distribution": "zipf", "zipf_exponent": 8, "vocab_size": 5},
                      {"vocab_size": 3, "seq_length": 2}, {"vocab_size": 900, "seq_length": 200}])"}},
      {"pattern",
       {R"({"vocab_size": [2, 3, 17, 100], "seq_length": [1, 9, 40, 64, 100],
            "pattern_probability": [0, 0.2, 0.5, 0.9, 1],
            "pattern_length": [4, 5, 10, 11, 60],
            "pattern_types": [["rep"], ["alt"], ["prog"], ["rev"], ["rep", "rev"],
                              ["alt", "prog", "rev"], ["rep", "alt", "prog", "rev"]]})",
        R"([{"pattern_length": 1048576, "pattern_probability": 0.5, "seq_length": 20},
            {"pattern_types": ["rev"], "pattern_probability": 1, "vocab_size": 2, "seq_length": 31,
             "pattern_length": 4, "length_variation": 1},
            {"pattern_types": ["alt"], "vocab_size": 2, "pattern_probability": 1},
            {"pattern_types": ["prog"], "vocab_size": 2, "pattern_probability": 1,
             "noise_probability": 0.3, "seq_length": 100},
            {"pattern_types": ["rev"], "vocab_size": 3, "seq_length": 2, "pattern_probability": 1},
            {"vocab_size": 900, "seq_length": 200}])"}},
      {"hierarchical",
       {R"({"vocab_size": [2, 3, 4, 17, 64, 900], "hierarchy_levels": [1, 2, 3, 4, 5, 16],
            "structure_probability": [0, 0.3, 0.5, 0.9, 1],
            "global_coherence": [0, 0.4, 0.7, 0.95, 1]})",
        R"([{"structure_probability": 1, "global_coherence": 1, "hierarchy_levels": 16},
            {"structure_probability": 1, "global_coherence": 0, "vocab_size": 900},
            {"vocab_size": 5, "seq_length": 1, "hierarchy_levels": 16},
            {"vocab_size": 300, "vocab_distribution": "zipf", "zipf_exponent": 8},
            {"vocab_size": 900, "seq_length": 257, "hierarchy_levels": 6}])"}},
      {"conditional",
       {R"({"vocab_size": [20, 60, 900], "num_conditions": [2, 3, 7, 10],
            "condition_strength": [0, 0.3, 0.8, 1], "pattern_probability": [0, 0.3, 0.8],
            "pattern_length": [4, 11], "condition_tokens": [[], [19], [3, 11]],
            "pattern_types": [["rep", "rev"], ["alt", "prog", "rev"], ["rep", "alt", "prog", "rev"]],
            "condition_controls": [["style", "pattern", "length"], ["style"], ["pattern"],
                                   ["length"], ["style", "length"]]})",
        R"([{"vocab_size": 40, "num_conditions": 20, "condition_strength": 1},
            {"vocab_size": 2, "num_conditions": 1, "pattern_types": ["prog"]},
            {"vocab_size": 9, "num_conditions": 1, "length_variation": 0.5},
            {"vocab_size": 4, "num_conditions": 2, "pattern_probability": 1},
            {"vocab_size": 100, "num_conditions": 10, "length_variation": 1, "seq_length": 20},
            {"vocab_size": 1010, "vocab_distribution": "zipf", "zipf_exponent": 8},
            {"vocab_size": 1010, "vocab_distribution": "zipf", "zipf_exponent": 8,
             "condition_strength": 0.5, "noise_probability": 0.3}])"}},
      {"template",
       {R"({"vocab_size": [20, 100, 900], "template_fill": ["pad", "cycle", "natural"],
            "pad_token": [0, 9], "pattern_types": [["rep", "alt", "prog", "rev"], ["alt"]],
            "templates": [[["RANDOM", 1, "PATTERN", "PATTERN"]],
                          [[1], [{"range": [2, 9]}, {"repeat": 20, "of": ["PATTERN", "RANDOM"]}]],
                          [{"weight": 3, "elements": [{"repeat": 30, "of": ["RANDOM"]}]},
                           {"weight": 0.5, "elements": ["RANDOM", 5, "RANDOM"]},
                           {"weight": 0, "elements": [7]}],
                          [[{"name": "k", "of": "RANDOM"}, {"repeat": 5, "of": [{"ref": "k"}]}]]]})",
        R"([{"vocab_size": 2, "templates": [[0, 1, "PATTERN"]], "noise_probability": 1},
            {"seq_length": 50, "length_variation": 0.5, "template_fill": "natural",
             "templates": [[{"repeat": 25, "of": [1]}], [{"repeat": 75, "of": [1]}],
                           [{"repeat": 26, "of": [1]}], [{"repeat": 74, "of": [1]}]]}])"}},
      {"composed",
       {R"({"vocab_size": [20, 60, 900], "num_conditions": [1, 3, 10],
            "condition_strength": [0, 0.3, 0.8, 1], "pattern_probability": [0, 0.3, 0.8, 1],
            "pattern_length": [4, 10, 33], "hierarchy_levels": [1, 2, 3, 5],
            "structure_probability": [0, 0.5, 1], "global_coherence": [0, 0.7, 1],
            "condition_controls": [["style", "pattern", "length"], ["style"], ["length"]]})",
        R"([{"vocab_size": 2, "num_conditions": 1, "pattern_types": ["rev", "rep"]},
            {"vocab_size": 20, "seq_length": 1},
            {"hierarchy_levels": 16, "pattern_length": 1048576, "length_variation": 1}])"}},
      {"mixture",
       {R"({"vocab_size": [30, 900], "components": [
              [{"config": {"generator": "random"}}],
              [{"weight": 2, "config": {"pattern_probability": 0.5}},
               {"config": {"generator": "random", "seq_length": 3}}],
              [{"weight": 0, "config": {"generator": "random", "seq_length": 999}},
               {"weight": 0.1, "config": {"num_conditions": 4, "noise_probability": 0.5}},
               {"weight": 0.7, "config": {"hierarchy_levels": 4, "seed": 7}}],
              [{"config": {"templates": [[1, "RANDOM"]], "seq_length": 20}},
               {"config": {"generator": "composed", "noise_probability": 0}}]]})",
        R"([{"components": [{"config": {"seq_length": 30}}, {"weight": 0.01, "config": {"seq_length":
             60}}], "noise_probability": 1}])"}},
      {"hmm",
       {R"({"vocab_size": [12, 10000], "vocab_distribution": ["uniform"], "machine": ["mess3",
            "rrxor", "zero_one_random", "even_ones", "no_consecutive_ones", "sns", "coin",
            "days_of_week", "random"], "machine_p": [0.1, 0.5, 0.8], "machine_q": [0.3, 0.5],
            "machine_x": [0.05, 0.15], "machine_a": [0.6, 0.85], "machine_states": [1, 2, 5],
            "machine_symbols": [2, 4], "dirichlet_alpha": [0.5, 2],
            "seq_length": [2, 9, 40, 64, 100]})",
        R"([{"machine": "rrxor", "initial_states": [1, 0, 0, 0, 0]},
            {"machine": "zero_one_random", "initial_states": [0, 1, 1], "length_variation": 1},
            {"machine": "given", "transitions": [[[0, 1], [0, 0]], [[0, 0], [1, 1]]],
             "initial_states": [1, 0]},
            {"machine": "mixture", "machines": [{"machine": "coin", "p": 0.1},
             {"weight": 0.3, "machine": "coin", "p": 0.8, "ids": [2, 0]}]},
            {"machine": "mixture", "noise_probability": 0.1, "machines": [
             {"machine": "even_ones"}, {"machine": "zero_one_random", "initial_states": [1, 0, 0]},
             {"machine": "given", "transitions": [[[1]], [[2]], [[3]]]}]},
            {"machine": "random", "machine_states": 1, "machine_symbols": 2,
             "dirichlet_alpha": 0.01}])",
        {"content_entropy_bits"}}},
      {"markov",
       {R"({"vocab_size": [4, 10000], "vocab_distribution": ["uniform"],
            "chain": ["sequence", "dataset", "tree"], "markov_symbols": [2, 3, 4],
            "markov_order": [0, 1, 2], "chain_start": ["uniform", "stationary"],
            "dirichlet_alpha": [0.2, 1, 4], "tree_branching": [0, 0.5, 1]})",
        R"([{"chain": "given", "markov_symbols": 2, "chain_rows": [[1, 3], [1, 1]]},
            {"chain": "given", "markov_symbols": 2, "chain_rows": [[0, 1], [1, 0]],
             "chain_start": "stationary"},
            {"chain": "given", "markov_symbols": 2, "markov_order": 0, "chain_rows": [[1, 9]],
             "length_variation": 1},
            {"chain": "tree", "markov_order": 9, "markov_symbols": 2, "dirichlet_alpha": 0.5}])",
        {"content_entropy_bits"}}},
      {"recall",
       {R"({"vocab_size": [36, 50, 300], "seq_length": [90, 127], "num_kv_pairs": [1, 4, 9],
            "power_a": [0, 0.01, 0.5, 1], "num_passes": [1, 2], "num_updates": [0, 1],
            "random_non_queries": [true, false], "shuffle_queries": [true, false],
            "compositional": [true, false], "label_layout": ["reference", "stream"],
            "noise_probability": [0], "length_variation": [0], "vocab_distribution": ["uniform"],
            "zipf_exponent": [1]})",
        R"([{"recall_layout": "mad", "vocab_size": 16, "seq_length": 127},
            {"recall_layout": "mad", "vocab_size": 5, "seq_length": 20, "label_layout": "stream"},
            {"recall_layout": "mad", "vocab_size": 32, "seq_length": 127, "noise_vocab_size": 16,
             "frac_noise": 0.2},
            {"recall_layout": "mad", "vocab_size": 20, "seq_length": 9, "noise_vocab_size": 2,
             "frac_noise": 0.8},
            {"recall_layout": "mad", "vocab_size": 9, "seq_length": 31},
            {"recall_layout": "mad", "vocab_size": 20, "seq_length": 7, "noise_vocab_size": 1,
             "frac_noise": 1},
            {"recall_layout": "safari", "vocab_size": 20, "seq_length": 42},
            {"recall_layout": "safari", "vocab_size": 9, "seq_length": 9,
             "label_layout": "stream"},
            {"recall_layout": "fuzzy", "vocab_size": 16, "seq_length": 128}])",
        {"avg_length", "oracle_bits_per_token"}}},
  };
  return grids;
}

/// What every family is crossed with.
inline const char* const crossed_everywhere =
    R"({"seq_length": [1, 2, 9, 40, 64, 100], "length_variation": [0, 0.25, 1],
        "noise_probability": [0, 0.05, 0.3, 1], "vocab_distribution": ["uniform", "zipf"],
        "zipf_exponent": [0.5, 1, 1.5]})";

/// The keys that one family's grid crosses, each with its values.
inline std::map<std::string, Json> truth_axes(const std::string& family) {
  Json axes = value_of(parse_json(crossed_everywhere, "grid"));
  axes.update(value_of(parse_json(truth_grids().at(family).crossed, "grid")));
  return axes.get<std::map<std::string, Json>>();
}

/// The configs of one family's grid, the same on every platform.
inline std::vector<Json> truth_configs(const std::string& family) {
  constexpr int crossings = 62;
  const TruthGrid& grid = truth_grids().at(family);
  const auto axes = truth_axes(family);
  std::vector<Json> configs;
  PhiloxEngine choose(2026);
  for (int i = 0; i < crossings; ++i) {
    Json config = {{"generator", family}};
    for (const auto& [key, values] : axes) config[key] = values[choose() % values.size()];
    configs.push_back(std::move(config));
  }
  for (Json config : value_of(parse_json(grid.corners, "grid"))) {
    config["generator"] = family;
    if (!config.contains("seq_length")) config["seq_length"] = 50;
    configs.push_back(std::move(config));
  }
  return configs;
}

}  // namespace synthgen::testing
