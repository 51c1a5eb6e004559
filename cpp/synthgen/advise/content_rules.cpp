#include "synthgen/advise/advice_rules.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

using namespace rules;

/// Makes the frequencies of ids, in a sequence or in all the data, more equal.
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

/// Needs at least ten tokens for each id.
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
                 "longer patterns are easier to find");
}

Found ids_outside(const Situation& now) {
  if (now.config() == nullptr) return std::nullopt;
  return above(now.ids_end() - 1, now.parameter("vocab_size") - 1);
}
Change for_ids_outside(const Situation& now) {
  if (now.ids_end() > largest("vocab_size")) {
    return {"", {}, "no vocab_size allows it: check the tokenization"};
  }
  return integer("vocab_size", now.ids_end(), "a model's embedding needs a row for each id");
}

Found patterns_everywhere(const Situation& now) {
  if (!has(now, "pattern_probability", 0)) return std::nullopt;
  return above(now.parameter("pattern_probability"), 0.95);
}
Change for_patterns_everywhere(const Situation& now) {
  return halved(now, "pattern_probability", "a model learns them better a few at a time");
}

constexpr std::array rules_of_content{
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
    AdviceRule{"dominant_id", "training instability", "token_distribution",
               "one id is <value %> of all tokens, more than <threshold %>", &dominant_id,
               &for_dominant_id},
    AdviceRule{"ids_outside_vocabulary", "training instability", "token_distribution",
               "the largest id is <value>, above <threshold>", &ids_outside, &for_ids_outside},
    AdviceRule{"patterns_everywhere", "add complexity gradually", "pattern_probability",
               "<value %> of the segments are patterns, more than <threshold %>",
               &patterns_everywhere, &for_patterns_everywhere},
};

}  // namespace

std::span<const AdviceRule> content_rules() {
  return rules_of_content;
}

}  // namespace synthgen
