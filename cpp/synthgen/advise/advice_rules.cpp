#include "synthgen/advise/advice_rules.hpp"

#include "synthgen/advise/chance_repeats.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace synthgen {
namespace {

using Found = std::optional<Finding>;

Found below(std::optional<double> value, double threshold) {
  if (!value || !(*value < threshold)) return std::nullopt;
  return Finding{*value, threshold};
}
Found above(std::optional<double> value, double threshold) {
  if (!value || !(*value > threshold)) return std::nullopt;
  return Finding{*value, threshold};
}

Change integer(std::string_view parameter, double value, std::string_view reason) {
  const Parameter& known = *find_parameter(parameter);
  return {parameter, static_cast<std::int64_t>(std::clamp(value, known.minimum, known.maximum)),
          reason};
}
Change number(std::string_view parameter, double value, std::string_view reason) {
  const Parameter& known = *find_parameter(parameter);
  const double rounded = std::round(value * 1e6) / 1e6;
  return {parameter, std::clamp(rounded, known.minimum, known.maximum), reason};
}
double largest(std::string_view parameter) {
  return find_parameter(parameter)->maximum;
}
Change halved(const Situation& now, std::string_view parameter, std::string_view reason) {
  return number(parameter, now.parameter(parameter) / 2, reason);
}

Change more_noise(const Situation& now) {
  return number("noise_probability", std::max(0.1, 2 * now.parameter("noise_probability")),
                "noise brings in other ids");
}
bool has(const Situation& now, std::string_view parameter, double least) {
  return now.uses(parameter) && now.parameter(parameter) > least;
}
bool is_zipf(const Situation& now) {
  return now.config() != nullptr && now.config()->vocab_distribution == "zipf" &&
         now.config()->zipf_exponent > 0;
}
bool is_template(const Situation& now) {
  return now.uses("template_fill");
}

/// Makes room for more different sequences.
Change more_room(const Situation& now) {
  if (has(now, "pattern_probability", 0.5)) {
    return halved(now, "pattern_probability", "fewer patterns leave more tokens free");
  }
  if (is_template(now)) return more_noise(now);
  const double vocab_size =
      now.config() == nullptr ? std::max(2.0, now.ids_end()) : now.parameter("vocab_size");
  if (vocab_size < largest("vocab_size") && now.ids_end() <= largest("vocab_size")) {
    return integer("vocab_size", std::max(4 * vocab_size, now.ids_end()),
                   "more ids make more sequences possible");
  }
  const double length =
      now.config() == nullptr ? now.number("avg_length").value_or(0) : now.parameter("seq_length");
  return integer("seq_length", 2 * std::ceil(length), "longer sequences differ more");
}

/// Makes ids within a sequence, or in the whole data, more alike in frequency.
Change more_even_ids(const Situation& now) {
  if (has(now, "pattern_probability", 0.1)) {
    return halved(now, "pattern_probability", "fewer patterns repeat fewer tokens");
  }
  if (is_zipf(now)) return halved(now, "zipf_exponent", "a flatter law uses ids more evenly");
  if (has(now, "structure_probability", 0.1)) {
    return halved(now, "structure_probability", "wider bands hold more ids");
  }
  return more_noise(now);
}

/// Whether the repeats are so many more than chance makes that they must be copies.
bool are_copies(double repeated, std::optional<double> by_chance) {
  return by_chance && *by_chance < repeated / 2;
}

/// Of an estimated diversity only what lies below by four standard errors.
Found few_different_sequences(const Situation& now, bool copies) {
  constexpr double threshold = 0.95;
  const Found found = below(now.number("sequence_diversity"), threshold);
  const double error = 4 * now.relative_standard_error("sequence_diversity");
  if (!found || found->value * (1 + error) >= threshold) return std::nullopt;
  const auto chance = chance_repeats(now);
  const auto by_chance = chance ? std::optional(chance->repeated) : std::nullopt;
  return are_copies(1 - found->value, by_chance) == copies ? found : std::nullopt;
}
Found low_sequence_diversity(const Situation& now) {
  return few_different_sequences(now, false);
}
Found repeated_sequences(const Situation& now) {
  return few_different_sequences(now, true);
}
Change remove_repeats(const Situation&) {
  return {
      "", {}, "chance alone repeats far fewer: remove the copies, or make them with another seed"};
}

Found shared_by_splits(const Situation& now, bool copies) {
  const Json* pairs = now.detail("overlap");
  if (pairs == nullptr) return std::nullopt;
  double most = 0;
  for (const auto& [pair, overlap] : pairs->items()) {
    const Json share = overlap.is_object() ? overlap.value("share", Json()) : Json();
    if (share.is_number()) most = std::max(most, share.get<double>());
  }
  const Found found = above(most, 0.01);
  if (!found) return found;
  const auto chance = chance_repeats(now);
  const auto by_chance = chance ? std::optional(chance->overlap) : std::nullopt;
  return are_copies(most, by_chance) == copies ? found : std::nullopt;
}
Found split_overlap(const Situation& now) {
  return shared_by_splits(now, false);
}
Found copied_split(const Situation& now) {
  return shared_by_splits(now, true);
}
Change split_anew(const Situation&) {
  return {"",
          {},
          "chance alone repeats far fewer: split the sequences anew, or make a split with another "
          "seed"};
}

/// Only where there are ten tokens and more for each id.
Found unused_vocabulary(const Situation& now) {
  const double vocab_size = now.parameter("vocab_size");
  const auto tokens = now.number("num_tokens");
  const auto usage = now.number("vocab_usage");
  if (now.config() == nullptr || !tokens || !usage || *tokens < 10 * vocab_size) {
    return std::nullopt;
  }
  return below(*usage / vocab_size, 0.5);
}
Change for_unused_vocabulary(const Situation& now) {
  if (is_zipf(now)) return halved(now, "zipf_exponent", "a flatter law reaches rare ids");
  return more_noise(now);
}

Found low_entropy(const Situation& now) {
  const auto entropy = now.number("average_entropy");
  const auto length = now.number("avg_length");
  const auto usage = now.number("vocab_usage");
  if (!entropy || !length || !usage) return std::nullopt;
  const double ids = std::min(*length, *usage);
  if (ids < 4) return std::nullopt;
  return below(*entropy / portable_log2(ids), 0.5);
}

Found dominant_id(const Situation& now) {
  constexpr double few_ids = 16;
  const auto tokens = now.number("num_tokens");
  if (!tokens || *tokens <= 0 || now.number("vocab_usage").value_or(0) < few_ids) {
    return std::nullopt;
  }
  return above(now.most_frequent() / *tokens, 0.25);
}
Change for_dominant_id(const Situation& now) {
  if (is_zipf(now)) return halved(now, "zipf_exponent", "a flatter law has no dominant id");
  return more_noise(now);
}

Found few_patterns(const Situation& now) {
  if (!has(now, "pattern_probability", 0)) return std::nullopt;
  return below(now.number("pattern_ratio"), 0.5);
}
Change for_few_patterns(const Situation& now) {
  constexpr double easily_seen = 16;
  if (now.parameter("noise_probability") > 0.05) {
    return halved(now, "noise_probability", "noise breaks patterns");
  }
  if (now.parameter("pattern_length") < easily_seen) {
    return integer("pattern_length", easily_seen, "the detector needs 6 tokens");
  }
  return number("pattern_probability", std::max(0.3, 2 * now.parameter("pattern_probability")),
                "more segments become patterns");
}

Found hidden_patterns(const Situation& now) {
  return below(now.number("pattern_recall"), 0.8);
}
Change for_hidden_patterns(const Situation& now) {
  if (now.config() == nullptr || now.parameter("noise_probability") > 0) {
    return halved(now, "noise_probability", "noise hides patterns");
  }
  return integer("pattern_length", 2 * now.parameter("pattern_length"),
                 "longer patterns are seen better");
}

Found long_sequences(const Situation& now) {
  return above(now.number("max_length"), 8192);
}
Change for_long_sequences(const Situation& now) {
  constexpr double longest = 8192;
  double length = now.config() == nullptr ? longest : now.parameter("seq_length");
  const double actual = std::max(longest, now.number("max_length").value_or(longest));
  if (now.config() != nullptr) length *= longest / actual;
  return integer("seq_length", std::floor(length),
                 "attention's memory grows with the square of the length");
}

constexpr double most_tokens = 2147483648.0;

double tokens_to_come(const Situation& now) {
  const double sequences =
      now.parameter("num_train") + now.parameter("num_val") + now.parameter("num_test");
  return sequences * now.parameter("seq_length");
}
Found large_dataset(const Situation& now) {
  if (now.config() == nullptr) return above(now.number("num_tokens"), most_tokens);
  return above(tokens_to_come(now), most_tokens);
}
Change for_large_dataset(const Situation& now) {
  const double tokens =
      now.config() == nullptr ? now.number("num_tokens").value_or(1) : tokens_to_come(now);
  const double sequences = now.config() == nullptr ? now.number("num_sequences").value_or(0)
                                                   : now.parameter("num_train");
  return integer("num_train", std::floor(sequences * most_tokens / tokens),
                 "as 32-bit ids it takes over 8 GiB: stream it from shards, or make fewer");
}

constexpr double enough_for_an_id = 10;

/// Not where so many tokens would be a large dataset.
Found few_tokens_per_id(const Situation& now) {
  const double vocab_size = now.parameter("vocab_size");
  if (!has(now, "num_train", 0) || vocab_size * enough_for_an_id > most_tokens / 2) {
    return std::nullopt;
  }
  const double tokens = now.parameter("num_train") * now.parameter("seq_length");
  return below(tokens / vocab_size, enough_for_an_id);
}
Change for_few_tokens_per_id(const Situation& now) {
  const double tokens = now.parameter("vocab_size") * enough_for_an_id;
  return integer("num_train", std::ceil(tokens / now.parameter("seq_length")),
                 "what an id means shows in the tokens around it");
}

/// Whoever makes no such split at all has chosen so.
Found small_validation_split(const Situation& now) {
  if (!has(now, "num_train", 0) || !has(now, "num_val", 0)) return std::nullopt;
  return below(now.parameter("num_val") / now.parameter("num_train"), 0.01);
}
Change for_small_validation_split(const Situation& now) {
  return integer("num_val", std::ceil(now.parameter("num_train") / 10),
                 "a model is judged by sequences that it has not seen");
}

Found patterns_everywhere(const Situation& now) {
  if (!has(now, "pattern_probability", 0)) return std::nullopt;
  return above(now.parameter("pattern_probability"), 0.95);
}
Change for_patterns_everywhere(const Situation& now) {
  return halved(now, "pattern_probability", "a model learns them better a few at a time");
}

Found uneven_lengths(const Situation& now) {
  const auto shortest = now.number("min_length");
  const auto mean = now.number("avg_length");
  if (!shortest || !mean || *mean < 16) return std::nullopt;
  return below(*shortest / *mean, 0.125);
}
Change for_uneven_lengths(const Situation& now) {
  if (now.config() != nullptr && is_template(now) && now.config()->template_fill != "cycle") {
    return {"template_fill", "cycle", "templates then fill the whole length"};
  }
  const double variation = now.parameter("length_variation");
  return number("length_variation", variation > 0.5 ? 0.5 : variation / 2,
                "lengths stay nearer to their mean");
}

Found single_tokens(const Situation& now) {
  const Json* left_out = now.detail("coherence_left_out");
  if (left_out == nullptr || !left_out->is_object()) return std::nullopt;
  const Json count = left_out->value("under_2_tokens", Json());
  return count.is_number() ? above(count.get<double>(), 0) : std::nullopt;
}
Change for_single_tokens(const Situation& now) {
  constexpr double enough = 8;
  if (now.parameter("length_variation") > 0.5 && now.parameter("seq_length") >= enough) {
    return number("length_variation", 0.5, "no sequence is then under half the length");
  }
  const double length = now.config() == nullptr ? 0 : now.parameter("seq_length");
  return integer("seq_length", std::max(enough, 4 * length),
                 "a model learns from what follows a token");
}

Found ids_outside(const Situation& now) {
  if (now.config() == nullptr) return std::nullopt;
  return above(now.ids_end() - 1, now.parameter("vocab_size") - 1);
}
Change for_ids_outside(const Situation& now) {
  if (now.ids_end() > largest("vocab_size")) {
    return {"", {}, "no vocab_size has a place for it: check the tokenization"};
  }
  return integer("vocab_size", now.ids_end(), "a model's embedding needs a row for each id");
}

constexpr std::array rules{
    AdviceRule{"low_sequence_diversity", "low diversity", "sequence_diversity",
               "only <value %> of the sequences are different, less than <threshold %>",
               &low_sequence_diversity, &more_room},
    AdviceRule{"repeated_sequences", "low diversity", "sequence_diversity",
               "only <value %> of the sequences are different, less than <threshold %>: the others "
               "are repeated",
               &repeated_sequences, &remove_repeats},
    AdviceRule{"split_overlap", "low diversity", "overlap",
               "<value %> of a split's sequences are in an earlier split, more than <threshold %>",
               &split_overlap, &more_room},
    AdviceRule{"copied_split", "low diversity", "overlap",
               "<value %> of a split's sequences are repeated from an earlier split, more than "
               "<threshold %>",
               &copied_split, &split_anew},
    AdviceRule{"unused_vocabulary", "low diversity", "vocab_usage",
               "only <value %> of the vocabulary occurs, less than <threshold %>",
               &unused_vocabulary, &for_unused_vocabulary},
    AdviceRule{
        "low_entropy", "low diversity", "average_entropy",
        "sequences have <value %> of the entropy that they could have, less than <threshold %>",
        &low_entropy, &more_even_ids},
    AdviceRule{"few_patterns", "poor patterns", "pattern_ratio",
               "patterns are found in <value %> of the sequences, less than <threshold %>",
               &few_patterns, &for_few_patterns},
    AdviceRule{"hidden_patterns", "poor patterns", "pattern_recall",
               "only <value %> of the patterns can be found, less than <threshold %>",
               &hidden_patterns, &for_hidden_patterns},
    AdviceRule{"long_sequences", "memory issues", "max_length",
               "the longest sequence has <value> tokens, more than <threshold>", &long_sequences,
               &for_long_sequences},
    AdviceRule{"large_dataset", "memory issues", "num_tokens",
               "the dataset has <value> tokens, more than <threshold>", &large_dataset,
               &for_large_dataset},
    AdviceRule{"dominant_id", "training instability", "token_distribution",
               "one id is <value %> of all tokens, more than <threshold %>", &dominant_id,
               &for_dominant_id},
    AdviceRule{"uneven_lengths", "training instability", "min_length",
               "the shortest sequence has <value %> of the mean length, less than <threshold %>",
               &uneven_lengths, &for_uneven_lengths},
    AdviceRule{"single_tokens", "training instability", "coherence_left_out",
               "<value> sequences have under 2 tokens, more than <threshold>", &single_tokens,
               &for_single_tokens},
    AdviceRule{"ids_outside_vocabulary", "training instability", "token_distribution",
               "the largest id is <value>, above <threshold>", &ids_outside, &for_ids_outside},
    AdviceRule{"few_tokens_per_id", "use appropriate size", "num_train",
               "the train split has <value> tokens for each id of the vocabulary, less than "
               "<threshold>",
               &few_tokens_per_id, &for_few_tokens_per_id},
    AdviceRule{"small_validation_split", "validate data", "num_val",
               "the validation split is <value %> of the train split, less than <threshold %>",
               &small_validation_split, &for_small_validation_split},
    AdviceRule{"patterns_everywhere", "add complexity gradually", "pattern_probability",
               "<value %> of the segments are patterns, more than <threshold %>",
               &patterns_everywhere, &for_patterns_everywhere},
};

}  // namespace

std::span<const AdviceRule> rules_of_advice() {
  return rules;
}

}  // namespace synthgen
