#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {

/// What a token is: the kind of the innermost span over it, unless noise replaced it.
enum class TokenKind : std::uint8_t {
  fresh,        ///< an independent draw, in no band
  fixed,        ///< spelled out by a template, or the same in every sequence
  custom,       ///< made by a custom generator without latents of its own
  band,         ///< a fresh token of a hierarchy's leaf
  successor,    ///< the next id of the token before it
  repetition,   ///< in a pattern segment or slots of this type
  alternation,  ///< likewise
  progression,  ///< likewise
  reversal,     ///< likewise
  key,          ///< recall: of a key where its value follows
  value,        ///< recall: of the value of the key before it
  query,        ///< recall: of a key of which the value is asked
  answer,       ///< recall: of the value that a query asks for
  condition,    ///< the condition token
  noise,        ///< replaced by the noise layer
  padding,      ///< fills the row
};

inline constexpr std::array<std::string_view, 16> token_kind_names{
    "fresh",    "fixed", "custom", "band",  "successor", "repetition", "alternation", "progression",
    "reversal", "key",   "value",  "query", "answer",    "condition",  "noise",       "padding"};

/// The kind of every token of a batch with latents; `config` is that of its split.
std::vector<TokenKind> token_kinds(const SequenceBatch& batch, const Config& config);

/// Numbers about structure that only latents give.
struct LatentShares {
  /// By the name of the expectation that they are compared with, a value for each sequence for
  /// which it is defined: noise_rate, pattern_share, successor_rate and query_share (shares of
  /// positions), theme_share (tokens in the theme's band), condition_pattern_share (pattern
  /// segments of the condition's type), oracle_bits_per_token. The theme's band and the condition's
  /// type are those of the config, so sequences of a mixture's components have neither.
  std::vector<std::pair<std::string_view, std::vector<double>>> per_sequence;
  /// The share of all tokens that each kind has, of kinds that occur.
  std::vector<std::pair<std::string_view, double>> kinds;
};

/// Of a batch with latents; `config` is that of its split. Padding counts for `kinds` alone.
LatentShares latent_shares(const SequenceBatch& batch, const Config& config);

/// {"per_sequence": {name: [values]}, "kinds": [{"kind", "share"}]}, for programs.
Json to_json(const LatentShares& shares);

}  // namespace synthgen
