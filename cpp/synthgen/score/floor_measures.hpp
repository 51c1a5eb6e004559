#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>

namespace synthgen {

/// What some sequences of a split measure that only their generator can tell: {"report", "target"},
/// and "no_floor" with the reason where the config has no exact law. The report has
/// `predictive_bits_per_token` and its curve over positions, and what shortcuts reach (the measures
/// of `baselines`); they are about labels where the split's sequences have some, which "target"
/// says. Fails where the sequences cannot be made.
Result<Json> floor_measures(const Generator& generator, Split split, std::uint64_t first,
                            std::uint64_t count);

}  // namespace synthgen
