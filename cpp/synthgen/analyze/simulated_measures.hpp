#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <string>
#include <vector>

namespace synthgen {

/// What other sequences of the same generator show, whose indices no dataset reaches: for those of
/// the named measures that are means over sequences or shares of what they hold, {"value",
/// "standard_error", "formula"}; both numbers of `lag_equality` are lists, by lag, and those of
/// `rep_n` objects, by n. About 2^18 tokens are generated; empty where sequences are too long for
/// that, and where the config's splits differ.
Json simulated_measures(const Generator& generator, const std::vector<std::string>& names);

}  // namespace synthgen
