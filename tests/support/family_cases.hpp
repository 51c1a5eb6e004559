#pragma once

#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/configs.hpp"

namespace synthgen::testing {

/// A config that the properties common to all families are tried on. Each family has a plain case
/// and some at the borders of its parameters; a new family adds its own here.
struct FamilyCase {
  const char* name;    ///< letters, digits and underscores
  const char* config;  ///< JSON
};

inline std::ostream& operator<<(std::ostream& out, const FamilyCase& family_case) {
  return out << family_case.config;
}

inline constexpr std::array family_cases{
    FamilyCase{"random", R"({"generator": "random", "vocab_size": 1000, "seq_length": 100})"},
    FamilyCase{"random_zipf", R"({"generator": "random", "vocab_size": 500, "seq_length": 70,
        "vocab_distribution": "zipf", "zipf_exponent": 1.3, "length_variation": 0.5})"},
    FamilyCase{"random_smallest", R"({"generator": "random", "vocab_size": 2, "seq_length": 1})"},
    FamilyCase{"random_largest_vocabulary", R"({"generator": "random", "vocab_size": 2147483647,
        "seq_length": 130})"},
    FamilyCase{"pattern", R"({"generator": "pattern", "vocab_size": 1000, "seq_length": 150})"},
    FamilyCase{"pattern_everywhere", R"({"generator": "pattern", "vocab_size": 50,
        "seq_length": 150, "pattern_probability": 1, "pattern_length": 17})"},
    FamilyCase{"pattern_zipf", R"({"generator": "pattern", "vocab_size": 300, "seq_length": 90,
        "vocab_distribution": "zipf", "pattern_probability": 0.6, "length_variation": 1})"},
    FamilyCase{"pattern_two_ids", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 64,
        "pattern_probability": 0.5, "pattern_length": 4})"},
    FamilyCase{"pattern_one_token", R"({"generator": "pattern", "seq_length": 1,
        "pattern_probability": 1, "pattern_length": 1048576})"},
    FamilyCase{"hierarchical", R"({"generator": "hierarchical", "vocab_size": 1024,
        "seq_length": 128})"},
    FamilyCase{"hierarchical_global_only", R"({"generator": "hierarchical", "vocab_size": 10,
        "seq_length": 60, "hierarchy_levels": 1, "length_variation": 0.5})"},
    FamilyCase{"hierarchical_zipf", R"({"generator": "hierarchical", "vocab_size": 300,
        "seq_length": 90, "vocab_distribution": "zipf", "structure_probability": 0.9,
        "global_coherence": 0.4, "hierarchy_levels": 4, "length_variation": 0.3})"},
    FamilyCase{"hierarchical_two_ids", R"({"generator": "hierarchical", "vocab_size": 2,
        "seq_length": 18, "hierarchy_levels": 16})"},
    FamilyCase{"hierarchical_one_token", R"({"generator": "hierarchical", "vocab_size": 7,
        "seq_length": 1, "hierarchy_levels": 5})"},
    FamilyCase{"conditional", R"({"generator": "conditional", "vocab_size": 1000,
        "seq_length": 100})"},
    FamilyCase{"conditional_steered", R"({"generator": "conditional", "vocab_size": 200,
        "seq_length": 60, "num_conditions": 7, "condition_tokens": [150, 3], "condition_strength": 1,
        "length_variation": 0.5, "pattern_probability": 0.6})"},
    FamilyCase{"conditional_zipf", R"({"generator": "conditional", "vocab_size": 60,
        "seq_length": 40, "num_conditions": 30, "vocab_distribution": "zipf",
        "pattern_probability": 0.5, "pattern_length": 4})"},
    FamilyCase{"conditional_smallest", R"({"generator": "conditional", "vocab_size": 3,
        "seq_length": 12, "num_conditions": 1, "pattern_probability": 1})"},
    FamilyCase{"conditional_one_token", R"({"generator": "conditional", "seq_length": 1})"},
    FamilyCase{"template", R"({"generator": "template", "vocab_size": 1000, "seq_length": 16,
        "templates": [[1, "RANDOM", "RANDOM", 2, "PATTERN", "PATTERN"],
                      [3, "PATTERN", "RANDOM", "PATTERN", 4]]})"},
    FamilyCase{"template_cycle", R"({"generator": "template", "vocab_size": 50, "seq_length": 40,
        "length_variation": 0.5, "template_fill": "cycle", "templates": [{"weight": 2, "elements":
        [{"name": "k", "of": {"range": [10, 19]}}, {"repeat": 5, "of": ["PATTERN"]}, {"ref": "k"},
        "RANDOM"]}, [7, {"repeat": 12, "of": ["PATTERN", 8]}]]})"},
    FamilyCase{"template_natural", R"({"generator": "template", "vocab_size": 50, "seq_length": 6,
        "template_fill": "natural", "vocab_distribution": "zipf",
        "templates": [["PATTERN", "PATTERN", "RANDOM"], [{"repeat": 9, "of": ["RANDOM"]}]]})"},
    FamilyCase{"composed", R"({"generator": "composed", "vocab_size": 1000, "seq_length": 100})"},
    FamilyCase{"composed_steered", R"({"generator": "composed", "vocab_size": 120, "seq_length": 60,
        "num_conditions": 20, "condition_tokens": [0, 1, 2], "hierarchy_levels": 4,
        "length_variation": 0.2, "pattern_types": ["rep", "alt", "prog"]})"},
    FamilyCase{"composed_smallest", R"({"generator": "composed", "vocab_size": 3, "seq_length": 9,
        "num_conditions": 1, "pattern_probability": 1})"},
    FamilyCase{"mixture", R"({"generator": "mixture", "vocab_size": 500, "seq_length": 50,
        "components": [{"weight": 2, "config": {"pattern_probability": 0.5}},
                       {"config": {"generator": "hierarchical", "seq_length": 20}},
                       {"weight": 0.5, "config": {"num_conditions": 4}}]})"},
    FamilyCase{"hmm", R"({"generator": "hmm", "seq_length": 60})"},
    FamilyCase{"hmm_rrxor", R"({"generator": "hmm", "vocab_size": 2, "machine": "rrxor",
        "seq_length": 50, "length_variation": 1, "machine_p": 0.3})"},
    FamilyCase{"hmm_days_of_week", R"({"generator": "hmm", "vocab_size": 11,
        "machine": "days_of_week", "seq_length": 40, "initial_states": [1, 0, 0, 0, 0, 0, 1]})"},
    FamilyCase{"hmm_random", R"({"generator": "hmm", "vocab_size": 5, "machine": "random",
        "machine_states": 3, "machine_symbols": 5, "dirichlet_alpha": 0.2, "seq_length": 64})"},
    FamilyCase{"hmm_given", R"({"generator": "hmm", "vocab_size": 2, "machine": "given",
        "seq_length": 40, "transitions": [[[1, 2], [0, 3]], [[1, 0], [5, 0.5]]]})"},
    FamilyCase{"hmm_mixture", R"({"generator": "hmm", "vocab_size": 12, "machine": "mixture",
        "seq_length": 30, "machines": [{"machine": "coin", "p": 0.2, "ids": [3, 9]},
        {"weight": 2, "machine": "mess3"}, {"machine": "even_ones", "initial_states": [1, 0]}]})"},
    FamilyCase{"markov", R"({"generator": "markov", "seq_length": 60})"},
    FamilyCase{"markov_stationary", R"({"generator": "markov", "vocab_size": 2, "markov_symbols": 2,
        "markov_order": 2, "chain_start": "stationary", "dirichlet_alpha": 0.5, "seq_length": 50,
        "length_variation": 1})"},
    FamilyCase{"markov_three_stationary", R"({"generator": "markov", "vocab_size": 5,
        "chain_start": "stationary", "seq_length": 30})"},
    FamilyCase{"markov_dataset", R"({"generator": "markov", "vocab_size": 4, "markov_symbols": 4,
        "chain": "dataset", "markov_order": 2, "seq_length": 64})"},
    FamilyCase{"markov_given", R"({"generator": "markov", "vocab_size": 3, "markov_symbols": 3,
        "chain": "given", "chain_rows": [[1, 2, 0], [0, 1, 1], [3, 0, 1]], "seq_length": 40,
        "chain_start": "stationary"})"},
    FamilyCase{"markov_tree", R"({"generator": "markov", "vocab_size": 2, "markov_symbols": 2,
        "chain": "tree", "markov_order": 5, "dirichlet_alpha": 2, "seq_length": 70})"},
    FamilyCase{"markov_one_token", R"({"generator": "markov", "markov_order": 3,
        "seq_length": 1})"},
    FamilyCase{"hmm_one_token", R"({"generator": "hmm", "machine": "coin", "seq_length": 1})"},
    FamilyCase{"recall", R"({"generator": "recall", "vocab_size": 200, "seq_length": 64})"},
    FamilyCase{"recall_blank", R"({"generator": "recall", "vocab_size": 90, "seq_length": 51,
        "num_kv_pairs": 5, "num_passes": 2, "num_updates": 3, "random_non_queries": false,
        "shuffle_queries": true, "power_a": 0.3, "label_layout": "stream"})"},
    FamilyCase{"recall_compositional", R"({"generator": "recall", "vocab_size": 60,
        "seq_length": 80, "num_kv_pairs": 9, "compositional": true, "num_updates": 2,
        "label_layout": "stream", "label_scope": "all"})"},
    FamilyCase{"recall_smallest", R"({"generator": "recall", "vocab_size": 4, "seq_length": 4,
        "num_kv_pairs": 1})"},
    FamilyCase{"recall_large_vocabulary", R"({"generator": "recall", "vocab_size": 2147483647,
        "seq_length": 130, "num_kv_pairs": 16, "power_a": 1})"},
    FamilyCase{"recall_mad", R"({"generator": "recall", "recall_layout": "mad", "vocab_size": 32,
        "noise_vocab_size": 16, "frac_noise": 0.2, "seq_length": 63})"},
    FamilyCase{"recall_mad_stream", R"({"generator": "recall", "recall_layout": "mad",
        "vocab_size": 16, "seq_length": 64, "label_layout": "stream", "label_scope": "all"})"},
    FamilyCase{"recall_fuzzy", R"({"generator": "recall", "recall_layout": "fuzzy",
        "vocab_size": 16, "seq_length": 128})"},
    FamilyCase{"recall_fuzzy_reference", R"({"generator": "recall", "recall_layout": "fuzzy",
        "vocab_size": 32, "seq_length": 101, "key_motif_size": 2, "value_motif_size": 4,
        "always_answerable": false, "label_layout": "stream", "key_motifs": "longest"})"},
    FamilyCase{"recall_safari", R"({"generator": "recall", "recall_layout": "safari",
        "vocab_size": 20, "seq_length": 42})"},
};

/// Whether the family of a case takes values of a parameter of every family beside the default.
inline bool takes(const FamilyCase& family_case, std::string_view key) {
  const auto untaken = family_of(config_of(family_case.config)).untaken;
  return std::find(untaken.begin(), untaken.end(), key) == untaken.end();
}

/// The cases of families that take noise.
inline std::vector<FamilyCase> noisy_family_cases() {
  std::vector<FamilyCase> cases;
  for (const FamilyCase& family_case : family_cases) {
    if (takes(family_case, "noise_probability")) cases.push_back(family_case);
  }
  return cases;
}

/// The names of the families that are made by name: all but custom.
inline std::vector<std::string_view> registered_families() {
  std::vector<std::string_view> names;
  for (const FamilyEntry* family : families()) {
    if (family->name != "custom") names.push_back(family->name);
  }
  return names;
}

inline std::string family_case_name(const ::testing::TestParamInfo<FamilyCase>& info) {
  return info.param.name;
}

}  // namespace synthgen::testing
