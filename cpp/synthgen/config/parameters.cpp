#include "synthgen/config/parameters.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr double max_split_size = 9007199254740991.0;  // 2^53 − 1

constexpr unsigned segment_families = pattern_family | conditional_family | composed_family;
constexpr unsigned pattern_families = segment_families | template_family | custom_family;
constexpr unsigned hierarchy_families = hierarchical_family | composed_family;
constexpr unsigned condition_families = conditional_family | composed_family;

std::vector<Parameter> make_table() {
  std::vector<Choice> families;
  for (const std::string_view name : family_names) families.push_back({name});
  return {
      {.key = "generator",
       .label = "Family",
       .member = &Config::generator,
       .default_value = "",
       .choices = families,
       .group = "Dataset",
       .help = "Which family makes the sequences. Left out, it follows from the other keys: those "
               "of one family mean that family, of several composed, none random."},
      {.key = "vocab_size",
       .label = "Vocabulary size",
       .member = &Config::vocab_size,
       .default_value = 10000,
       .minimum = 2,
       .maximum = 2147483647,
       .unit = "ids",
       .group = "Dataset",
       .scale = Scale::logarithmic,
       .help = "Number of token ids; ids run from 0 to vocab_size - 1. With the zipf distribution "
               "at most 16777216."},
      {.key = "seq_length",
       .label = "Sequence length",
       .member = &Config::seq_length,
       .default_value = 512,
       .minimum = 1,
       .maximum = 16777216,
       .unit = "tokens",
       .group = "Dataset",
       .scale = Scale::logarithmic,
       .help = "Tokens in a sequence; with length_variation above 0, their mean."},
      {.key = "num_train",
       .label = "Training sequences",
       .member = &Config::num_train,
       .default_value = 50000,
       .minimum = 0,
       .maximum = max_split_size,
       .unit = "sequences",
       .group = "Dataset",
       .scale = Scale::logarithmic,
       .help = "Sequences in the split train. A split without sequences gets no file."},
      {.key = "num_val",
       .label = "Validation sequences",
       .member = &Config::num_val,
       .default_value = 5000,
       .minimum = 0,
       .maximum = max_split_size,
       .unit = "sequences",
       .group = "Dataset",
       .scale = Scale::logarithmic,
       .help = "Sequences in the split val."},
      {.key = "num_test",
       .label = "Test sequences",
       .member = &Config::num_test,
       .default_value = 0,
       .minimum = 0,
       .maximum = max_split_size,
       .unit = "sequences",
       .group = "Dataset",
       .scale = Scale::logarithmic,
       .help = "Sequences in the split test."},
      {.key = "seed",
       .label = "Seed",
       .member = &Config::seed,
       .default_value = 42,
       .minimum = 0,
       .maximum = static_cast<double>(max_seed),
       .group = "Dataset",
       .help = "Key of the random streams. Other seeds give independent datasets."},
      {.key = "vocab_distribution",
       .label = "Token distribution",
       .member = &Config::vocab_distribution,
       .default_value = "uniform",
       .choices = {{"uniform"}, {"zipf"}},
       .group = "Tokens",
       .help = "Law of fresh tokens and of noise: every id alike, or p proportional to "
               "(rank + 1)^-zipf_exponent over the ids in ascending order."},
      {.key = "zipf_exponent",
       .label = "Zipf exponent",
       .member = &Config::zipf_exponent,
       .default_value = 1.0,
       .minimum = 0,
       .maximum = 8,
       .group = "Tokens",
       .help = "Steepness of the zipf distribution; 0 is uniform, 1 is near natural language. Only "
               "read when vocab_distribution is zipf."},
      {.key = "noise_probability",
       .label = "Noise",
       .member = &Config::noise_probability,
       .default_value = 0.0,
       .minimum = 0,
       .maximum = 1,
       .unit = "per token",
       .group = "Noise and length",
       .help = "Probability that a finished token is replaced by a fresh draw. Raising it keeps "
               "every position that was noisy before, with the same token."},
      {.key = "length_variation",
       .label = "Length variation",
       .member = &Config::length_variation,
       .default_value = 0.0,
       .minimum = 0,
       .maximum = 1,
       .unit = "of the length",
       .group = "Noise and length",
       .help = "Lengths are uniform on the integers from max(1, round(L(1 - v))) to "
               "round(L(1 + v)), halves rounded up."},
      {.key = "pattern_probability",
       .label = "Pattern probability",
       .member = &Config::pattern_probability,
       .default_value = 0.3,
       .minimum = 0,
       .maximum = 1,
       .unit = "per segment",
       .group = "Pattern",
       .families = segment_families,
       .help = "Probability that a segment is a pattern; also the expected share of positions that "
               "lie in pattern segments."},
      {.key = "pattern_length",
       .label = "Pattern length",
       .member = &Config::pattern_length,
       .default_value = 10,
       .minimum = 4,
       .maximum = 1048576,
       .unit = "tokens",
       .group = "Pattern",
       .families = segment_families | custom_family,
       .scale = Scale::logarithmic,
       .help = "Mean length m of a segment; lengths are uniform on the integers from ceil(m/2) to "
               "floor(3m/2). The patterns of custom generators are m tokens long."},
      {.key = "pattern_types",
       .label = "Pattern types",
       .member = &Config::pattern_types,
       .default_value = {"repetition", "alternation", "progression", "reversal"},
       .choices = {{"repetition", "rep"},
                   {"alternation", "alt"},
                   {"progression", "prog"},
                   {"reversal", "rev"}},
       .group = "Pattern",
       .families = pattern_families,
       .help = "Types that a pattern segment can have, all equally likely: repetition (A B C A B "
               "C), alternation (A B A B), progression (7 8 9 10), reversal (A B C C B A)."},
      {.key = "hierarchy_levels",
       .label = "Hierarchy levels",
       .member = &Config::hierarchy_levels,
       .default_value = 3,
       .minimum = 1,
       .maximum = 16,
       .unit = "levels",
       .group = "Hierarchy",
       .families = hierarchy_families,
       .help = "1: a theme for the sequence only; 2: and successors among its tokens; each further "
               "level cuts every span into four that may narrow its band. Bands under 4 ids and "
               "spans of 1 token are not cut any further."},
      {.key = "structure_probability",
       .label = "Structure probability",
       .member = &Config::structure_probability,
       .default_value = 0.5,
       .minimum = 0,
       .maximum = 1,
       .unit = "per decision",
       .group = "Hierarchy",
       .families = hierarchy_families,
       .help = "Probability that a span narrows its band, that a span echoes an earlier one, and "
               "that a token is the successor of the one before it."},
      {.key = "global_coherence",
       .label = "Global coherence",
       .member = &Config::global_coherence,
       .default_value = 0.7,
       .minimum = 0,
       .maximum = 1,
       .unit = "per fresh token",
       .group = "Hierarchy",
       .families = hierarchy_families,
       .help =
           "Probability that a fresh token comes from its span's band instead of from all ids."},
      {.key = "num_conditions",
       .label = "Conditions",
       .member = &Config::num_conditions,
       .default_value = 10,
       .minimum = 1,
       .maximum = 1073741823,
       .unit = "conditions",
       .group = "Condition",
       .families = condition_families,
       .scale = Scale::logarithmic,
       .help =
           "Number of conditions; each has a token of its own and a band of the content ids, so "
           "at most half of vocab_size."},
      {.key = "condition_strength",
       .label = "Condition strength",
       .member = &Config::condition_strength,
       .default_value = 0.8,
       .minimum = 0,
       .maximum = 1,
       .unit = "per decision",
       .group = "Condition",
       .families = condition_families,
       .help = "Probability that a fresh token, a pattern's type or the length follows the "
               "condition."},
      {.key = "condition_tokens",
       .label = "Condition tokens",
       .member = &Config::condition_tokens,
       .default_value = Json::array(),
       .minimum = 0,
       .maximum = 2147483646,
       .unit = "ids",
       .group = "Condition",
       .families = condition_families,
       .help = "Ids that stand for the first conditions; the others take the smallest unused ids. "
               "Neither body nor noise draws a condition token."},
      {.key = "condition_controls",
       .label = "Condition controls",
       .member = &Config::condition_controls,
       .default_value = {"style", "pattern", "length"},
       .choices = {{"style"}, {"pattern"}, {"length"}},
       .group = "Condition",
       .families = condition_families,
       .help =
           "What the condition steers: style (the band of fresh tokens; the theme in composed), "
           "pattern (the type of pattern segments), length (where length_variation is above "
           "0)."},
      {.key = "templates",
       .label = "Templates",
       .member = &Config::templates,
       .group = "Template",
       .families = template_family,
       .help = "A list of templates; each is a list of elements or {\"weight\": w, \"elements\": "
               "[...]}. Elements: an id, \"RANDOM\", \"PATTERN\", {\"repeat\": n, \"of\": [...]}, "
               "{\"range\": [lo, hi]}, {\"name\": k, \"of\": element}, {\"ref\": k}."},
      {.key = "template_fill",
       .label = "Template fill",
       .member = &Config::template_fill,
       .default_value = "pad",
       .choices = {{"pad"}, {"cycle"}, {"natural"}},
       .group = "Template",
       .families = template_family,
       .help = "What follows a template that is shorter than the sequence: padding, the template "
               "again, or nothing. Longer templates are cut."},
      {.key = "pad_token",
       .label = "Padding token",
       .member = &Config::pad_token,
       .default_value = 0,
       .minimum = 0,
       .maximum = 2147483647,
       .unit = "id",
       .group = "Noise and length",
       .help = "Id that fills rows up to equal length where a family or a format needs it. Padding "
               "is never noisy and never measured."},
      {.key = "components",
       .label = "Components",
       .member = &Config::components,
       .group = "Mixture",
       .families = mixture_family,
       .help = "A list of {\"weight\": w, \"config\": {...}}; a config inherits the mixture's own "
               "keys that every family has."},
      {.key = "custom_params",
       .label = "Custom parameters",
       .member = &Config::custom_params,
       .group = "Custom",
       .families = custom_family,
       .help = "Whatever a custom generator reads, e.g. {\"custom_param\": 0.3}."},
      {.key = "splits",
       .label = "Split overrides",
       .member = &Config::splits,
       .group = "Dataset",
       .help = "Parameters that differ in a split, e.g. {\"test\": {\"seq_length\": 1024}}."},
  };
}

}  // namespace

std::span<const Parameter> parameters() {
  static const std::vector<Parameter> table = make_table();
  return table;
}

const Parameter* find_parameter(std::string_view key) {
  const auto table = parameters();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Parameter& p) { return p.key == key; });
  return found == table.end() ? nullptr : &*found;
}

unsigned family_bit(std::string_view name) {
  const auto found = std::find(family_names.begin(), family_names.end(), name);
  return found == family_names.end() ? 0 : 1U << (found - family_names.begin());
}

}  // namespace synthgen
