#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/expect/expected_section.hpp"

#include <string>
#include <string_view>

#include "analysis_text.hpp"

namespace synthgen::cli {

/// The expected number of a measure with its standard error; empty if nothing, or more than a
/// number, is expected.
std::string expected_text(const ExpectedSection& expected, std::string_view measure);

/// The formulas of the expected values, measures with the same formula together.
std::string expected_formulas(const Json& expected, const AnalysisView& view);

}  // namespace synthgen::cli
