#include "synthgen/advise/advice_rules.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace synthgen {
namespace {

using namespace rules;

/// The repeats that chance alone makes among sequences like a report's. If there are far more, the
/// rest are copies, which no larger vocabulary would reduce.
struct ChanceRepeats {
  double repeated = 0;  ///< share of the sequences that equal an earlier one
  double overlap = 0;   ///< share of a split that occurs in another split as large as the data
};

/// A lower bound of the share of tokens that the config draws independently of each other.
std::optional<double> independent_share(const Situation& now) {
  const std::string_view family = now.config()->generator;
  if (family == "mixture" || family == "custom") return std::nullopt;
  if (now.uses("template_fill")) return now.parameter("noise_probability");
  constexpr double band_length = 16;
  double share = 1;
  if (now.uses("pattern_probability")) {
    share -= now.parameter("pattern_probability") * (1 - 1 / now.parameter("pattern_length"));
  }
  if (now.uses("structure_probability")) {
    const double in_bands = now.parameter("structure_probability") * (1 - 1 / band_length);
    share = std::min(share, 1 - in_bands);
  }
  return share;
}

std::optional<double> bits_per_token(const Situation& now) {
  if (const auto bits = now.number("oracle_bits_per_token")) return bits;
  if (now.config() == nullptr) return portable_log2(std::max(2.0, now.ids_end()));
  const std::optional<double> share = independent_share(now);
  if (!share) return std::nullopt;
  const double equal = now.equal_pairs().value_or(1 / now.parameter("vocab_size"));
  return -*share * portable_log2(equal);
}

/// For `count` draws of 2^bits equally likely values: the expected number of different ones, and
/// the chance that one more draw is among them.
struct Draws {
  double different;
  double chance_of_one_more;
};
Draws draws(double count, double bits) {
  constexpr double never = 100;
  if (bits > never) return {count, 0};
  const double possible = 1 / portable_inverse_power(2, bits);
  if (possible <= 1) return {1, 1};
  // The chance (1 - 1 / possible)^count that none is hit, as a power of 2.
  constexpr double many = 1e6;
  constexpr double ln_2 = 0.69314718055994530942;
  const double miss_bits =
      count * (possible < many ? -portable_log2(1 - 1 / possible) : 1 / (possible * ln_2));
  constexpr double few = 1e-6;
  const double hit = miss_bits < few ? miss_bits * ln_2 : 1 - portable_inverse_power(2, miss_bits);
  return {possible * hit, hit};
}

/// The repeats among as many sequences of each length as the report counts, if a sequence of L
/// tokens is one of 2^(b L) equally likely ones. b bits for each token are
///
/// - `oracle_bits_per_token` if the report has it;
/// - log2 V with the largest id plus 1 as V, if no config is known;
/// - else -log2 of the sum over ids of p^2, for the share of tokens that the config draws
///   independently: one in each pattern, and only the noise of a template.
///
/// The report's expected `sequence_diversity`, if it has one, replaces `repeated`. None if the
/// report lacks the numbers, or the config's family is custom code or a mixture.
std::optional<ChanceRepeats> chance_repeats(const Situation& now) {
  const Json* lengths = now.detail("length_histogram");
  const auto sequences = now.number("num_sequences");
  if (lengths == nullptr || !lengths->is_object() || !sequences || *sequences <= 0) {
    return std::nullopt;
  }
  const std::optional<double> bits = bits_per_token(now);
  if (!bits) return std::nullopt;
  double different = 0;
  double in_another = 0;
  for (const auto& [length, count] : lengths->items()) {
    const double of_length = count.get<double>();
    std::uint64_t tokens = 0;
    std::from_chars(length.data(), length.data() + length.size(), tokens);
    const Draws made = draws(of_length, *bits * static_cast<double>(tokens));
    different += made.different;
    in_another += of_length * made.chance_of_one_more;
  }
  ChanceRepeats repeats{1 - different / *sequences, in_another / *sequences};
  if (const auto diversity = now.expected().number("sequence_diversity")) {
    repeats.repeated = 1 - *diversity;
  }
  return repeats;
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

/// Whether there are so many more repeats than chance makes that they must be copies.
bool are_copies(double repeated, std::optional<double> by_chance) {
  return by_chance && *by_chance < repeated / 2;
}

/// An estimated diversity has to be below by four standard errors.
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
  return {"",
          {},
          "chance alone repeats far fewer: remove the copies, or generate them with another seed"};
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
Change resplit(const Situation&) {
  return {"",
          {},
          "chance alone repeats far fewer: split the sequences again, or generate a split with "
          "another seed"};
}

constexpr std::array rules_of_repeat{
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
               &copied_split, &resplit},
};

}  // namespace

std::span<const AdviceRule> repeat_rules() {
  return rules_of_repeat;
}

}  // namespace synthgen
