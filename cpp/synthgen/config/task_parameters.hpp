#pragma once

#include "synthgen/config/parameters.hpp"

#include <vector>

namespace synthgen {

/// The part of the parameter table that describes labelled tasks: where labels are, and what the
/// tasks of recall are made of.
std::vector<Parameter> task_parameters();

}  // namespace synthgen
