#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <vector>

namespace synthgen {

// For each lag d = 1 … 64 the expected share of pairs x_t, x_{t+d} with equal tokens, over the
// pairs of all sequences of a split together; NaN where no sequence is longer than d.

/// Of independent tokens.
std::vector<double> independent_lag_equality(const TokenSampler& sampler,
                                             const LengthLayer& lengths);

/// Of the pattern family; `noise` is the rounded noise probability. Empty where there is no closed
/// form: known are uniform ids, as long as segments are under about a thousand tokens and sequences
/// under 10^7.
std::vector<double> pattern_lag_equality(const Config& config, const TokenSampler& sampler,
                                         const LengthLayer& lengths, double noise);

}  // namespace synthgen
