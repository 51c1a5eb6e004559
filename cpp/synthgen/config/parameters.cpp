#include "synthgen/config/parameters.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr double max_split_size = 9007199254740991.0;  // 2^53 − 1

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
               "of one family mean that family, none mean random."},
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
       .families = pattern_family,
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
       .families = pattern_family,
       .scale = Scale::logarithmic,
       .help = "Mean length m of a segment; lengths are uniform on the integers from ceil(m/2) to "
               "floor(3m/2)."},
      {.key = "pattern_types",
       .label = "Pattern types",
       .member = &Config::pattern_types,
       .default_value = {"repetition", "alternation", "progression", "reversal"},
       .choices = {{"repetition", "rep"},
                   {"alternation", "alt"},
                   {"progression", "prog"},
                   {"reversal", "rev"}},
       .group = "Pattern",
       .families = pattern_family,
       .help = "Types that a pattern segment can have, all equally likely: repetition (A B C A B "
               "C), alternation (A B A B), progression (7 8 9 10), reversal (A B C C B A)."},
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
