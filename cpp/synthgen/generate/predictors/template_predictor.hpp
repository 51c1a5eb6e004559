#pragma once

#include "synthgen/generate/structure/template_slots.hpp"
#include "synthgen/law/length_law.hpp"
#include "synthgen/law/predictor.hpp"
#include "synthgen/law/segment_law.hpp"
#include "synthgen/random/token_sampler.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <vector>

namespace synthgen {

/// What the laws of all templates of a config share.
struct TemplateLaw {
  TokenSampler sampler;  ///< of fresh tokens and of noise
  SegmentLaw patterns;   ///< only the weights of its types are used
  bool cycles = false;   ///< whether a template begins anew after its end
  LengthLaw lengths;     ///< of the room for a sequence
  double noise = 0;
};

/// The law of sequences that follow a template, chosen among several, whose PATTERN slots hold a
/// pattern of unknown type. Refers to the templates.
MadePredictor template_predictor(const std::vector<Template>& templates,
                                 const WeightedChoice& choice, const TemplateLaw& law);

}  // namespace synthgen
