#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/expectation.hpp"
#include "synthgen/generate/latents/token_structure.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {

/// Numbers about structure that only latents give.
struct LatentShares {
  /// By the name of the expectation that they are compared with, a value for each sequence for
  /// which it is defined: noise_rate, pattern_share, successor_rate and query_share (shares of
  /// positions), theme_share (tokens in the theme's band), condition_pattern_share (pattern
  /// segments of the condition's type), oracle_bits_per_token. The theme's band and the condition's
  /// type are those of the config, so sequences of a mixture's components have neither.
  std::vector<std::pair<std::string_view, std::vector<double>>> per_sequence;
  /// The share of all tokens that each kind has, of kinds that occur.
  std::vector<KindShare> kinds;
};

/// Of a batch with latents; `structure` is the batch's own, `config` that of its split. Padding
/// counts for `kinds` alone.
LatentShares latent_shares(const SequenceBatch& batch, const TokenStructure& structure,
                           const Config& config);

/// {"per_sequence": {name: [values]}, "kinds": [{"kind", "share"}]}, for programs; a kind
/// whose share is known in advance has that as "expected".
Json to_json(const LatentShares& shares, const std::vector<KindShare>& expected = {});

}  // namespace synthgen
