#pragma once

#include "synthgen/analyze/measure_info.hpp"
#include "synthgen/config/json.hpp"

#include <string>
#include <vector>

#include "analysis_text.hpp"

namespace synthgen::cli {

/// A number for tables: six digits unless it is whole; "-" for null.
std::string number_text(const Json& value);

// Sections of a report as text, each with a heading.

std::string length_histogram(const Json& histogram, const AnalysisView& view);
std::string distributions(const Json& measures, const AnalysisView& view);
std::string advice(const Json& entries, const AnalysisView& view);

// Sections with what the report expects, if it does.

/// A measure whose kind is `curve`: a chart and a table of some places.
std::string curve(const MeasureInfo& measure, const Json& report, const AnalysisView& view);
/// The report's measures whose kind is `by_n` in one table.
std::string by_n(const std::vector<const MeasureInfo*>& measures, const Json& report,
                 const AnalysisView& view);
std::string split_overlap(const Json& report, const AnalysisView& view);

}  // namespace synthgen::cli
