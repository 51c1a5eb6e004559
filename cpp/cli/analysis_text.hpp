#pragma once

#include "synthgen/config/json.hpp"

#include <cstddef>
#include <string>

#include "inline_histogram.hpp"

namespace synthgen::cli {

/// How a report is shown.
struct AnalysisView {
  std::size_t top = 10;           ///< most used ids to list
  std::size_t width = 80;         ///< of the terminal
  Blocks blocks = Blocks::ascii;  ///< of the charts inside lines
};

/// An analyzer's report as tables for people: plain numbers, then what more the report has:
/// lengths, distributions, dependence over distances, the most used ids and n-grams, advice.
std::string analysis_text(const Json& report, const AnalysisView& view);

}  // namespace synthgen::cli
