#pragma once

#include "synthgen/expect/simulated_measures.hpp"

namespace synthgen {

/// The report's section `expected`: what the generator's family predicts for each measure of a
/// report on so many sequences of each split, in closed form {"value", "formula"} if there is one,
/// else estimated from other sequences {"value", "standard_error", "formula"}, see
/// `simulated_measures`. Complexities are normalised by the report's `vocab_size`. The value of
/// `lag_equality` is a list by lag; `overlap` has the form of the report's. Leaves out what is null
/// in the report; empty without sequences. `ExpectedSection` reads it.
Json expected_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                       const Json& report, const SimulationOptions& options = {});

}  // namespace synthgen
