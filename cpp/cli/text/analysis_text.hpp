#pragma once

#include "synthgen/config/json.hpp"

#include <cstddef>
#include <string>

#include "inline_histogram.hpp"

namespace synthgen::cli {

/// Options for showing a report as text.
struct AnalysisView {
  std::size_t top = 10;           ///< number of most common ids to list
  std::size_t width = 80;         ///< of the terminal
  Blocks blocks = Blocks::ascii;  ///< of charts in lines of text
};

/// An analyzer's report as tables: plain numbers, then lengths, distributions, the most common ids
/// and n-grams, curves, and advice, as far as the report has them.
std::string analysis_text(const Json& report, const AnalysisView& view);

}  // namespace synthgen::cli
