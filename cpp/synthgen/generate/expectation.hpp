#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Keys of parameters.
using ParameterKeys = std::vector<std::string_view>;

/// A closed-form expectation: what a family's parameters do to a measurement.
struct Expectation {
  std::string name;               ///< the measure's name
  double value;                   ///< exact, apart from rounding
  std::string formula;            ///< with the parameters' keys as symbols
  std::string unit;               ///< empty for a pure number
  ParameterKeys depends_on = {};  ///< the parameters that can change the value
};

/// The share of positions that a kind of token should have.
struct KindShare {
  std::string_view kind;
  double share;
};

/// A list of {name, value, formula, unit, depends_on}, for programs.
Json to_json(const std::vector<Expectation>& expectations);

/// The keys that determine the distribution of content ids.
ParameterKeys content_keys();
/// The keys that determine the distribution of lengths.
ParameterKeys length_keys();
/// The keys of several lists as one.
ParameterKeys joined_keys(std::initializer_list<ParameterKeys> lists);

/// What the expectations that all families have in common depend on.
struct CommonTruth {
  double noise = 0;      ///< rounded noise probability
  double length = 0;     ///< mean length without padding
  double untouched = 0;  ///< positions of a sequence that are never noisy
  ParameterKeys length_depends_on = length_keys();
  ParameterKeys content_depends_on = content_keys();
};

/// Mean length, noise rate and content entropy.
std::vector<Expectation> common_truth(const TokenSampler& content, const CommonTruth& truth);

/// The probability that two independent draws are equal.
double repeat_probability(const TokenSampler& sampler);

}  // namespace synthgen
