#pragma once

#include "synthgen/config/json.hpp"

#include <vector>

namespace synthgen {

/// The mean of a number over at least two equally large samples, and its standard error. A sample
/// is a number, or a list or object of samples; `value` and `standard_error` have its form. An
/// entry that only some samples list counts as 0 in the others.
///
/// Example: {"value": [3.5, 1.25], "standard_error": [0.2, 0.1]}
///
/// Samples in which a number is null are left out of it; null if fewer than two have it.
Json estimates_from(const std::vector<Json>& samples);

}  // namespace synthgen
