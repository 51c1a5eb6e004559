#pragma once

#include "synthgen/advise/situation.hpp"

#include <optional>

namespace synthgen {

/// How many repeats chance alone makes among sequences as a report's: what is far above is copies,
/// which no larger vocabulary would make fewer.
struct ChanceRepeats {
  double repeated = 0;  ///< share of the sequences that an earlier one equals
  double overlap = 0;   ///< share of a split that another split of all the sequences would have
};

/// The repeats among as many sequences of each length as the report counts, when a sequence of L
/// tokens is one of 2^(b L) that are equally likely. b bits for each token are:
///
/// - `oracle_bits_per_token` where the report has it;
/// - log2 V with the largest id plus 1 as V, where no config is known;
/// - else -log2 of the sum over ids of p^2, for the share of tokens that the config draws
///   independently; one in each pattern, none of a template's but noise.
///
/// Where the report has the expected `sequence_diversity`, that stands for `repeated`. None where
/// the report lacks the numbers, or the config's family is made of others' code or configs.
std::optional<ChanceRepeats> chance_repeats(const Situation& now);

}  // namespace synthgen
