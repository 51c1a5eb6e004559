#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/law/chains/context_walk.hpp"
#include "synthgen/law/finite_source.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// The weights of each next symbol, one row for each context of a chain.
using ChainRows = std::vector<std::vector<double>>;

/// The rows of `chain_rows`: k^order lists of k weights.
ChainRows read_chain_rows(const JsonField& field, const ContextWalk& walk);

/// The stationary distribution of the contexts; empty if there are several.
std::vector<double> stationary_contexts(const ChainRows& rows, const ContextWalk& walk);

/// Rows for the shorter contexts at the beginning of a sequence, in the order of `ContextWalk`,
/// such that the first full context has that law.
ChainRows opening_rows(const std::vector<double>& contexts, const ContextWalk& walk);

/// The chain as a source whose states are the contexts, the shorter ones included; `rows` has all
/// of them. `opens_uniform`: those of the shorter ones are not read but exactly uniform.
FiniteSource chain_source(const std::vector<WeightedChoice>& rows, bool opens_uniform,
                          const ContextWalk& walk);

}  // namespace synthgen
