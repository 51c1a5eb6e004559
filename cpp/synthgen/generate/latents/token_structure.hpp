#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <string_view>
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
  query,        ///< recall: a key whose value is asked for
  answer,       ///< recall: of the value that a query asks for
  state,        ///< emitted by a hidden state
  transition,   ///< drawn from a chain's row of the tokens before it
  condition,    ///< the condition token
  noise,        ///< replaced by the noise layer
  padding,      ///< fills the row
};

inline constexpr std::array<std::string_view, 18> token_kind_names{
    "fresh",       "fixed",       "custom",     "band",      "successor", "repetition",
    "alternation", "progression", "reversal",   "key",       "value",     "query",
    "answer",      "state",       "transition", "condition", "noise",     "padding"};

/// What a program that draws sequences needs of their latents, in arrays with an entry for each
/// token of a batch.
struct TokenStructure {
  std::vector<TokenKind> kinds;
  /// The index of the innermost span over the token in its sequence's latents, plus 1; 0 where no
  /// span covers it.
  std::vector<std::uint32_t> spans;
  /// In 256ths, where among all of them the token's own one is: the middle of its band among the
  /// ids, its hidden state among the states, or the token before it among a chain's symbols. 0 for
  /// other kinds.
  std::vector<std::uint8_t> band_places;
};

/// The structure of a batch with latents; `config` is that of its split.
TokenStructure token_structure(const SequenceBatch& batch, const Config& config);

}  // namespace synthgen
