#pragma once

#include "synthgen/config/json.hpp"

#include <vector>

namespace synthgen {

/// Of the numbers that several equally large samples, at least two, each have: their mean over the
/// samples, and its standard error. A sample is a number, or a list or an object of numbers and of
/// further ones, and both parts have its form; what only some samples list is 0 in the others.
///
/// Example: {"value": [3.5, 1.25], "standard_error": [0.2, 0.1]}
///
/// Numbers that some samples have not are over the others; null where fewer than two have one.
Json estimates_from(const std::vector<Json>& samples);

}  // namespace synthgen
