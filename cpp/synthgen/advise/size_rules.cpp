#include "synthgen/advise/advice_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace synthgen {
namespace {

using namespace rules;

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

double planned_tokens(const Situation& now) {
  const double sequences =
      now.parameter("num_train") + now.parameter("num_val") + now.parameter("num_test");
  return sequences * now.parameter("seq_length");
}
Found large_dataset(const Situation& now) {
  if (now.config() == nullptr) return above(now.number("num_tokens"), most_tokens);
  return above(planned_tokens(now), most_tokens);
}
Change for_large_dataset(const Situation& now) {
  const double tokens =
      now.config() == nullptr ? now.number("num_tokens").value_or(1) : planned_tokens(now);
  const double sequences = now.config() == nullptr ? now.number("num_sequences").value_or(0)
                                                   : now.parameter("num_train");
  return integer(
      "num_train", std::floor(sequences * most_tokens / tokens),
      "as 32-bit ids it takes over 8 GiB: stream it from shards, or generate fewer sequences");
}

constexpr double enough_for_an_id = 10;

/// Does not apply if so many tokens would be a large dataset.
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
                 "a model learns an id from the tokens around it");
}

/// A dataset without a validation split has none on purpose.
Found small_validation_split(const Situation& now) {
  if (!has(now, "num_train", 0) || !has(now, "num_val", 0)) return std::nullopt;
  return below(now.parameter("num_val") / now.parameter("num_train"), 0.01);
}
Change for_small_validation_split(const Situation& now) {
  return integer("num_val", std::ceil(now.parameter("num_train") / 10),
                 "a model is evaluated on sequences that it has not seen");
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
                "lengths stay closer to their mean");
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

constexpr std::array rules_of_size{
    AdviceRule{"long_sequences", "memory issues", "max_length",
               "the longest sequence has <value> tokens, more than <threshold>", &long_sequences,
               &for_long_sequences},
    AdviceRule{"large_dataset", "memory issues", "num_tokens",
               "the dataset has <value> tokens, more than <threshold>", &large_dataset,
               &for_large_dataset},
    AdviceRule{"uneven_lengths", "training instability", "min_length",
               "the shortest sequence has <value %> of the mean length, less than <threshold %>",
               &uneven_lengths, &for_uneven_lengths},
    AdviceRule{"single_tokens", "training instability", "coherence_left_out",
               "<value> sequences have under 2 tokens, more than <threshold>", &single_tokens,
               &for_single_tokens},
    AdviceRule{"few_tokens_per_id", "use appropriate size", "num_train",
               "the train split has <value> tokens for each id of the vocabulary, less than "
               "<threshold>",
               &few_tokens_per_id, &for_few_tokens_per_id},
    AdviceRule{"small_validation_split", "validate data", "num_val",
               "the validation split is <value %> of the train split, less than <threshold %>",
               &small_validation_split, &for_small_validation_split},
};

}  // namespace

std::span<const AdviceRule> size_rules() {
  return rules_of_size;
}

}  // namespace synthgen
