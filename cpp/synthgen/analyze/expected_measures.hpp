#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

namespace synthgen {

/// The report's section `expected`: for each measure of a report whose expectation is known in
/// closed form for so many sequences of each split, {"value", "formula"}, and for other means over
/// sequences what simulated_measures estimates; the value of `lag_equality` is a list, by lag.
/// Empty without sequences.
Json expected_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                       const Json& report);

}  // namespace synthgen
