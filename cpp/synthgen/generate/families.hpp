#pragma once

#include "synthgen/generate/source.hpp"

namespace synthgen {

/// What holds for every family: mean length, noise rate, content entropy. `length` is the mean
/// length of which all positions but `untouched` can be noisy.
std::vector<Expectation> common_truth(const Family& family, double noise, double length,
                                      double untouched = 0);

/// The probability that two independent draws are equal.
double repeat_probability(const TokenSampler& sampler);

extern const FamilyEntry random_family_entry;
extern const FamilyEntry pattern_family_entry;
extern const FamilyEntry hierarchical_family_entry;
extern const FamilyEntry conditional_family_entry;
extern const FamilyEntry template_family_entry;
extern const FamilyEntry composed_family_entry;
extern const FamilyEntry mixture_family_entry;

}  // namespace synthgen
