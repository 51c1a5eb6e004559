#pragma once

#include "synthgen/generate/layers/content.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/generate/structure/condition.hpp"
#include "synthgen/law/predictor.hpp"

namespace synthgen {

/// The law of a condition token, never noisy, and the segments that it steers. Refers to the
/// arguments.
MadePredictor conditional_predictor(const Condition& condition, const Content& content,
                                    const PatternDecisions& decisions, const LengthLayer& lengths,
                                    double noise);

}  // namespace synthgen
