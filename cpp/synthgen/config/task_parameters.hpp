#pragma once

#include "synthgen/config/parameter_row.hpp"

#include <span>

namespace synthgen {

/// The part of the parameter table that describes labelled tasks: where labels are, and what the
/// tasks of recall are made of.
std::span<const ParameterRow> task_parameters();

}  // namespace synthgen
