#pragma once

#include "synthgen/expect/simulated_measures.hpp"

namespace synthgen {

/// The report's section `expected`: for each measure of a report on so many sequences of each split
/// what the generator's family makes one expect. Where that is known in closed form {"value",
/// "formula"}; else what other sequences show, {"value", "standard_error", "formula"}, see
/// simulated_measures; complexities are normalised with the report's `vocab_size`. The value of
/// `lag_equality` is a list, by lag, and that of `overlap` is as in the report. What is null in the
/// report is left out. Empty without sequences.
Json expected_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                       const Json& report, const SimulationOptions& options = {});

}  // namespace synthgen
