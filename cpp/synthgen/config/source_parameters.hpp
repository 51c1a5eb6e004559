#pragma once

#include "synthgen/config/parameter_row.hpp"

#include <span>

namespace synthgen {

/// The part of the parameter table that describes sources with finitely many states: the machines
/// of `hmm` and the chains of `markov`.
std::span<const ParameterRow> source_parameters();

}  // namespace synthgen
