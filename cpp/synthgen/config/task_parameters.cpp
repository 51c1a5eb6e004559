#include "synthgen/config/task_parameters.hpp"

namespace synthgen {
namespace {

std::vector<Parameter> label_parameters() {
  return {
      {.key = "label_layout",
       .label = "Label layout",
       .member = &Config::label_layout,
       .default_value = "reference",
       .choices = {{"reference"}, {"stream"}},
       .group = "Labels",
       .help = "Where answers are: reference has the paper's arrays, in which an answer may be a "
               "label only; stream writes every answer into the sequence after its question."},
      {.key = "label_scope",
       .label = "Label scope",
       .member = &Config::label_scope,
       .default_value = "answers",
       .choices = {{"answers"}, {"all"}},
       .group = "Labels",
       .help = "Which positions have a label: answers, or all that have a next token."},
  };
}

std::vector<Parameter> recall_parameters() {
  return {
      {.key = "recall_layout",
       .label = "Recall layout",
       .member = &Config::recall_layout,
       .default_value = "mqar",
       .choices = {{"mqar"}, {"mad"}, {"fuzzy"}, {"safari"}},
       .group = "Recall",
       .help = "mqar: pairs, then queries in random slots (zoology). mad: pairs with keys that "
               "return. fuzzy: the same with keys and values of several tokens. safari: pairs, "
               "then one query."},
      {.key = "num_kv_pairs",
       .label = "Key-value pairs",
       .member = &Config::num_kv_pairs,
       .default_value = 8,
       .minimum = 1,
       .maximum = 4194304,
       .unit = "pairs",
       .group = "Recall",
       .scale = Scale::logarithmic,
       .help = "Layout mqar: pairs in the context, each queried once. A square number if "
               "compositional."},
      {.key = "power_a",
       .label = "Power of the gaps",
       .member = &Config::power_a,
       .default_value = 0.01,
       .minimum = 0,
       .maximum = 1,
       .group = "Recall",
       .help = "Layout mqar: query slot i = 1, 2, … after the context is drawn with a weight "
               "proportional to i^(power_a - 1), without replacement; 1 is uniform."},
      {.key = "random_non_queries",
       .label = "Random filler",
       .member = &Config::random_non_queries,
       .default_value = true,
       .group = "Recall",
       .help = "Layout mqar: whether tokens that belong to no pair, query or answer are uniform "
               "on all ids. If false they are 0."},
      {.key = "shuffle_queries",
       .label = "Shuffled queries",
       .member = &Config::shuffle_queries,
       .default_value = false,
       .group = "Recall",
       .help = "Layout mqar: whether the keys are assigned to the drawn slots in random order. If "
               "false, slots are drawn in the order of the pairs, as in the reference, and early "
               "keys tend to be queried early."},
      {.key = "num_passes",
       .label = "Passes",
       .member = &Config::num_passes,
       .default_value = 1,
       .minimum = 1,
       .maximum = 1048576,
       .unit = "passes",
       .group = "Recall",
       .scale = Scale::logarithmic,
       .help = "Layout mqar: how many times the context lists its pairs."},
      {.key = "num_updates",
       .label = "Updates",
       .member = &Config::num_updates,
       .default_value = 0,
       .minimum = 0,
       .maximum = 4194304,
       .unit = "pairs",
       .group = "Recall",
       .scale = Scale::logarithmic,
       .help = "Layout mqar: how many keys get a new value at the end of the context, which is "
               "then their answer."},
      {.key = "compositional",
       .label = "Compositional keys",
       .member = &Config::compositional,
       .default_value = false,
       .group = "Recall",
       .help =
           "Layout mqar: whether a key is two tokens: every combination of a first token with a "
           "second, sqrt(num_kv_pairs) of each."},
      {.key = "frac_noise",
       .label = "Noise pairs",
       .member = &Config::frac_noise,
       .default_value = 0.0,
       .minimum = 0,
       .maximum = 1,
       .unit = "per pair",
       .group = "Recall",
       .help = "Layout mad: probability that a pair is two noise ids instead. One pair, drawn "
               "first, is spared."},
      {.key = "noise_vocab_size",
       .label = "Noise ids",
       .member = &Config::noise_vocab_size,
       .default_value = 0,
       .minimum = 0,
       .maximum = 2147483645,
       .unit = "ids",
       .group = "Recall",
       .scale = Scale::logarithmic,
       .help = "Layout mad: how many ids at the end of the vocabulary are noise only."},
      {.key = "key_motif_size",
       .label = "Longest key",
       .member = &Config::key_motif_size,
       .default_value = 3,
       .minimum = 1,
       .maximum = 16,
       .unit = "tokens",
       .group = "Recall",
       .help = "Layout fuzzy: most tokens of a key, all different."},
      {.key = "value_motif_size",
       .label = "Longest value",
       .member = &Config::value_motif_size,
       .default_value = 3,
       .minimum = 1,
       .maximum = 16,
       .unit = "tokens",
       .group = "Recall",
       .help = "Layout fuzzy: most tokens of a value, all different."},
      {.key = "key_motifs",
       .label = "Lengths of keys",
       .member = &Config::key_motifs,
       .default_value = "any",
       .choices = {{"any"}, {"longest"}},
       .group = "Recall",
       .help = "Layout fuzzy: whether lengths of keys are uniform from 1 to key_motif_size or all "
               "key_motif_size, as in the reference's test data."},
      {.key = "always_answerable",
       .label = "Always answerable",
       .member = &Config::always_answerable,
       .default_value = true,
       .group = "Recall",
       .help = "Layout fuzzy: whether the last key always occurs in the context. If false it is "
               "placed as in the reference, which leaves it out of some sequences."},
  };
}

}  // namespace

std::vector<Parameter> task_parameters() {
  std::vector<Parameter> all = label_parameters();
  for (Parameter& parameter : recall_parameters()) all.push_back(std::move(parameter));
  return all;
}

}  // namespace synthgen
