#pragma once

#include "synthgen/config/parameters.hpp"

#include <vector>

namespace synthgen {

/// The part of the parameter table that describes sources with finitely many states: the machines
/// of `hmm` and the chains of `markov`.
std::vector<Parameter> source_parameters();

}  // namespace synthgen
