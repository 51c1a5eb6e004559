#pragma once

#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

// Exact expectations over sequences of independent tokens, each from `sampler`, whose lengths are
// those of `lengths`. None where working one out would take more than some milliseconds.

/// Of the entropy of a sequence's token counts, in bits. With c log2 c of a binomial count c:
/// E[H] = log2 L − Σ p E[log2(1 + B)], B binomial with L − 1 trials of probability p.
std::optional<double> independent_entropy(const TokenSampler& sampler, const LengthLayer& lengths);

/// Of the largest count of a token over the length. Only for n equally likely ids and at most n + 1
/// tokens, where P(largest ≤ m) of each length follows from shorter ones by a sum without
/// cancellation: the coefficients of (Σ_{k ≤ m} z^k / k!)^n.
std::optional<double> independent_largest_share(const TokenSampler& sampler,
                                                const LengthLayer& lengths);

/// Of how many different ids `sequences` sequences have.
std::optional<double> independent_vocab_usage(const TokenSampler& sampler,
                                              const LengthLayer& lengths, std::uint64_t sequences);

/// Of the share of different sequences among `sequences`, at least 1. Only for equally likely ids,
/// or where fewer than one in 10^9 is expected to have an equal one.
std::optional<double> independent_sequence_diversity(const TokenSampler& sampler,
                                                     const LengthLayer& lengths,
                                                     std::uint64_t sequences);

/// The probability that a further sequence is among `sequences` others. Known where the diversity
/// of so many is.
std::optional<double> independent_copy_chance(const TokenSampler& sampler,
                                              const LengthLayer& lengths, std::uint64_t sequences);

/// Of the lengths of the shortest and the longest of `sequences` sequences, at least 1.
struct ExtremeLengths {
  double shortest = 0;
  double longest = 0;
};
std::optional<ExtremeLengths> extreme_lengths(const LengthLayer& lengths, std::uint64_t sequences);

}  // namespace synthgen
