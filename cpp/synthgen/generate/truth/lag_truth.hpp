#pragma once

#include "synthgen/config/config.hpp"

#include <vector>

namespace synthgen {

/// For each lag d = 1 … 64 the expected share of pairs x_t, x_{t+d} with equal tokens, over the
/// pairs of all sequences of a split's config together; NaN where no sequence is longer than d.
/// Empty where there is no closed form: known are `random`, and `pattern` with uniform ids as long
/// as its segments are under about a thousand tokens and its sequences under 10^7.
std::vector<double> expected_lag_equality(const Config& config);

}  // namespace synthgen
