#include "synthgen/config/parameters.hpp"

#include "synthgen/config/parameter_row.hpp"
#include "synthgen/config/source_parameters.hpp"
#include "synthgen/config/task_parameters.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr double max_split_size = 9007199254740991.0;  // 2^53 − 1

constexpr ParameterRow common_parameter_rows[] = {
    {.key = "generator",
     .label = "Family",
     .member = &Config::generator,
     .default_value = "",
     .group = "Dataset",
     .help = "The family that generates the sequences. If omitted, it follows from the other "
             "keys: keys of one family select that family, keys of several select composed, and "
             "without any it is random."},
    {.key = "vocab_size",
     .label = "Vocabulary size",
     .member = &Config::vocab_size,
     .default_value = 10000,
     .minimum = 2,
     .maximum = 2147483647,
     .unit = "ids",
     .group = "Dataset",
     .scale = Scale::logarithmic,
     .help = "Number of token ids; ids run from 0 to vocab_size - 1. At most 16777216 with the "
             "zipf distribution."},
    {.key = "seq_length",
     .label = "Sequence length",
     .member = &Config::seq_length,
     .default_value = 512,
     .minimum = 1,
     .maximum = 16777216,
     .unit = "tokens",
     .group = "Dataset",
     .scale = Scale::logarithmic,
     .help = "Tokens per sequence; the mean if length_variation is above 0."},
    {.key = "num_train",
     .label = "Training sequences",
     .member = &Config::num_train,
     .default_value = 50000,
     .minimum = 0,
     .maximum = max_split_size,
     .unit = "sequences",
     .group = "Dataset",
     .scale = Scale::logarithmic,
     .help = "Sequences in the train split. A split without sequences gets no file."},
    {.key = "num_val",
     .label = "Validation sequences",
     .member = &Config::num_val,
     .default_value = 5000,
     .minimum = 0,
     .maximum = max_split_size,
     .unit = "sequences",
     .group = "Dataset",
     .scale = Scale::logarithmic,
     .help = "Sequences in the val split."},
    {.key = "num_test",
     .label = "Test sequences",
     .member = &Config::num_test,
     .default_value = 0,
     .minimum = 0,
     .maximum = max_split_size,
     .unit = "sequences",
     .group = "Dataset",
     .scale = Scale::logarithmic,
     .help = "Sequences in the test split."},
    {.key = "seed",
     .label = "Seed",
     .member = &Config::seed,
     .default_value = 42,
     .minimum = 0,
     .maximum = static_cast<double>(max_seed),
     .group = "Dataset",
     .help = "Key of the random streams. Different seeds give independent datasets."},
    {.key = "vocab_distribution",
     .label = "Token distribution",
     .member = &Config::vocab_distribution,
     .default_value = "uniform",
     .choices = "uniform,zipf",
     .group = "Tokens",
     .help = "Distribution of fresh tokens and of noise: uniform over the ids, or zipf with p "
             "proportional to (rank + 1)^-zipf_exponent over the ids in ascending order."},
    {.key = "zipf_exponent",
     .label = "Zipf exponent",
     .member = &Config::zipf_exponent,
     .default_value = 1.0,
     .minimum = 0,
     .maximum = 8,
     .group = "Tokens",
     .help = "Steepness of the zipf distribution; 0 is uniform, 1 is close to natural language. "
             "Read only if vocab_distribution is zipf."},
    {.key = "noise_probability",
     .label = "Noise",
     .member = &Config::noise_probability,
     .default_value = 0.0,
     .minimum = 0,
     .maximum = 1,
     .unit = "per token",
     .group = "Noise and length",
     .help = "Probability that a finished token is replaced by a fresh draw. Raising it only adds "
             "noisy positions: those that were noisy keep their tokens."},
    {.key = "length_variation",
     .label = "Length variation",
     .member = &Config::length_variation,
     .default_value = 0.0,
     .minimum = 0,
     .maximum = 1,
     .unit = "of the length",
     .group = "Noise and length",
     .help = "Lengths are uniform on the integers from max(1, round(L(1 - v))) to "
             "round(L(1 + v)), halves rounded up, for L = seq_length."},
    {.key = "pattern_probability",
     .label = "Pattern probability",
     .member = &Config::pattern_probability,
     .default_value = 0.3,
     .minimum = 0,
     .maximum = 1,
     .unit = "per segment",
     .group = "Pattern",
     .help = "Probability that a segment is a pattern; also the expected share of positions in "
             "pattern segments."},
    {.key = "pattern_length",
     .label = "Pattern length",
     .member = &Config::pattern_length,
     .default_value = 10,
     .minimum = 4,
     .maximum = 1048576,
     .unit = "tokens",
     .group = "Pattern",
     .scale = Scale::logarithmic,
     .help = "Mean length m of a segment; lengths are uniform on the integers from ceil(m/2) to "
             "floor(3m/2). Patterns of custom generators are exactly m tokens long."},
    {.key = "pattern_types",
     .label = "Pattern types",
     .member = &Config::pattern_types,
     .default_value = "repetition,alternation,progression,reversal",
     .choices = "repetition:rep,alternation:alt,progression:prog,reversal:rev",
     .group = "Pattern",
     .help = "Types of pattern segments, all equally likely: repetition (A B C A B C), "
             "alternation (A B A B), progression (7 8 9 10), reversal (A B C C B A)."},
    {.key = "hierarchy_levels",
     .label = "Hierarchy levels",
     .member = &Config::hierarchy_levels,
     .default_value = 3,
     .minimum = 1,
     .maximum = 16,
     .unit = "levels",
     .group = "Hierarchy",
     .help = "1: only a theme for the sequence; 2: also successors among its tokens; each further "
             "level divides every span into four that may narrow its band. Bands under 4 ids and "
             "spans of 1 token are not divided further."},
    {.key = "structure_probability",
     .label = "Structure probability",
     .member = &Config::structure_probability,
     .default_value = 0.5,
     .minimum = 0,
     .maximum = 1,
     .unit = "per decision",
     .group = "Hierarchy",
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
     .help = "Probability that a fresh token comes from its span's band instead of from all ids."},
    {.key = "num_conditions",
     .label = "Conditions",
     .member = &Config::num_conditions,
     .default_value = 10,
     .minimum = 1,
     .maximum = 1073741823,
     .unit = "conditions",
     .group = "Condition",
     .scale = Scale::logarithmic,
     .help = "Number of conditions; each has its own token and a band of the content ids, so at "
             "most half of vocab_size."},
    {.key = "condition_strength",
     .label = "Condition strength",
     .member = &Config::condition_strength,
     .default_value = 0.8,
     .minimum = 0,
     .maximum = 1,
     .unit = "per decision",
     .group = "Condition",
     .help = "Probability that a fresh token, a pattern's type or the length follows the "
             "condition."},
    {.key = "condition_tokens",
     .label = "Condition tokens",
     .member = &Config::condition_tokens,
     .default_value = "",
     .minimum = 0,
     .maximum = 2147483646,
     .unit = "ids",
     .group = "Condition",
     .help = "Token ids of the first conditions; the others take the smallest unused ids. "
             "Neither body nor noise draws a condition token."},
    {.key = "condition_controls",
     .label = "Condition controls",
     .member = &Config::condition_controls,
     .default_value = "style,pattern,length",
     .choices = "style,pattern,length",
     .group = "Condition",
     .help = "What the condition steers: style (the band of fresh tokens; the theme in composed), "
             "pattern (the type of pattern segments), length (if length_variation is above 0)."},
    {.key = "templates",
     .label = "Templates",
     .member = &Config::templates,
     .group = "Template",
     .help = "A list of templates; each is a list of elements or {\"weight\": w, \"elements\": "
             "[...]}. Elements: an id, \"RANDOM\", \"PATTERN\", {\"repeat\": n, \"of\": [...]}, "
             "{\"range\": [lo, hi]}, {\"name\": k, \"of\": element}, {\"ref\": k}."},
    {.key = "template_fill",
     .label = "Template fill",
     .member = &Config::template_fill,
     .default_value = "pad",
     .choices = "pad,cycle,natural",
     .group = "Template",
     .help = "What fills a sequence that is longer than its template: pad (padding), cycle (the "
             "template again) or natural (nothing: the sequence ends). Longer templates are "
             "cut."},
    {.key = "pad_token",
     .label = "Padding token",
     .member = &Config::pad_token,
     .default_value = 0,
     .minimum = 0,
     .maximum = 2147483647,
     .unit = "id",
     .group = "Noise and length",
     .help = "Id that fills rows to equal length if a family or a format needs it. Padding is "
             "never noisy, measured or labelled."},
    {.key = "components",
     .label = "Components",
     .member = &Config::components,
     .group = "Mixture",
     .help = "A list of {\"weight\": w, \"config\": {...}}; each config inherits the keys of the "
             "mixture's config that every family uses."},
    {.key = "custom_params",
     .label = "Custom parameters",
     .member = &Config::custom_params,
     .group = "Custom",
     .help = "Parameters of a custom generator, e.g. {\"custom_param\": 0.3}."},
    {.key = "splits",
     .label = "Split overrides",
     .member = &Config::splits,
     .group = "Dataset",
     .help = "Parameters that differ in one split, e.g. {\"test\": {\"seq_length\": 1024}}."},
};

/// What is before the first separator; takes both from the text.
std::string_view first_part(std::string_view& text, char separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

Json default_of(const ParameterRow& row) {
  using Kind = ParameterDefault::Kind;
  const auto& [kind, number, text] = row.default_value;
  switch (kind) {
    case Kind::integer:
      return static_cast<std::int64_t>(number);
    case Kind::real:
      return number;
    case Kind::boolean:
      return number != 0;
    case Kind::text:
      break;
    default:
      return nullptr;
  }
  if (std::holds_alternative<std::string Config::*>(row.member)) return text;
  Json words = Json::array();
  for (std::string_view rest = text; !rest.empty();) words.push_back(first_part(rest, ','));
  return words;
}

void add(std::span<const ParameterRow> rows, std::vector<Parameter>& table) {
  for (const ParameterRow& row : rows) {
    Parameter& parameter = table.emplace_back();
    parameter.key = row.key;
    parameter.label = row.label;
    parameter.member = row.member;
    parameter.default_value = default_of(row);
    parameter.minimum = row.minimum;
    parameter.maximum = row.maximum;
    for (std::string_view rest = row.choices; !rest.empty();) {
      std::string_view choice = first_part(rest, ',');
      const std::string_view name = first_part(choice, ':');
      parameter.choices.push_back({name, choice});
    }
    parameter.unit = row.unit;
    parameter.group = row.group;
    parameter.scale = row.scale;
    parameter.help = row.help;
  }
}

}  // namespace

std::span<const Parameter> parameters() {
  static const std::vector<Parameter> table = [] {
    std::vector<Parameter> all;
    add(common_parameter_rows, all);
    add(source_parameters(), all);
    add(task_parameters(), all);
    for (const std::string_view name : family_names()) all.front().choices.push_back({name});
    return all;
  }();
  return table;
}

const Parameter* find_parameter(std::string_view key) {
  const auto table = parameters();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Parameter& p) { return p.key == key; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace synthgen
