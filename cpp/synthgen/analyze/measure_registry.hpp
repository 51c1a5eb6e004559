#pragma once

#include "synthgen/analyze/measure.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Every group of measures that this program links, in the order of the report.
std::span<const MeasureEntry* const> measures();

/// The groups that the page measures on its previews, at once or after them: all that a small
/// module for live previews links.
std::span<const MeasureEntry* const> live_measures();

/// The description of a measure; null if there is none of that name.
const MeasureInfo* find_measure(std::string_view name);

/// The groups that some names select, in the order of the report: see `AnalysisOptions::measures`.
/// An unknown name is a usage error that lists the known ones.
Result<std::vector<const MeasureEntry*>> selected_measures(const std::vector<std::string>& names);

/// Every measure's description as JSON, in the order of the report:
///
/// {"name", "group", "in_default", "in_page", "unit", "formula", "range", "source", "kind",
///  "expected", "needs_latents", "chart", "curve" (if the kind is "curve": {"places", "lines",
///  "title", "across", "up"}), "section", "listed", "per_sequence"}
Json measure_table();

}  // namespace synthgen
