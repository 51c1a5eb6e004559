#pragma once

#include "synthgen/config/json.hpp"

#include <string>

#include "analysis_text.hpp"

namespace synthgen::cli {

/// What a report expects of a measure: null where it expects nothing.
Json expected_value(const Json& report, const std::string& measure);

/// An expected number behind the measured one, with its standard error; empty for a measure of
/// which none is expected, or more than one.
std::string expected_text(const Json& report, const std::string& measure);

/// How what is expected is known, for all measures with the same formula together.
std::string expected_formulas(const Json& expected, const AnalysisView& view);

}  // namespace synthgen::cli
