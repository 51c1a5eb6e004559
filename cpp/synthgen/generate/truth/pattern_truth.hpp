#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/generate/layers/patterns.hpp"

namespace synthgen {

/// The exact expected local coherence of the pattern family with uniform ids: the mean over
/// sequences of the share of adjacent equal tokens. Costs time in proportion to the longest length.
double pattern_local_coherence(const Config& config, const PatternDecisions& decisions,
                               const LengthLayer& lengths, double noise);

}  // namespace synthgen
