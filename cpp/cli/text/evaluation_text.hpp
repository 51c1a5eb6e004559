#pragma once

#include "synthgen/config/json.hpp"

#include <string>

#include "analysis_text.hpp"

namespace synthgen::cli {

/// A model against the floor as tables: means with their intervals, by kind of token, and by
/// position.
std::string evaluation_text(const Json& report, const AnalysisView& view);

}  // namespace synthgen::cli
