#pragma once

#include "synthgen/analyze/measure.hpp"

#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// Every accumulator, in the order of the report.
std::span<const MeasureEntry* const> measures();

/// The accumulators that some names stand for, in the order of the report: see
/// `AnalysisOptions::measures`. An unknown name is a usage error that lists the known ones.
Result<std::vector<const MeasureEntry*>> selected_measures(const std::vector<std::string>& names);

/// Every measure as {name, group, in_default, unit, formula, range, source}, for people.
Json measure_table();

}  // namespace synthgen
