#pragma once

#include "synthgen/config/json.hpp"

#include <string>

#include "analysis_text.hpp"

namespace synthgen::cli {

/// A number as tables show it: six digits of one that is not whole, "-" for null.
std::string number_text(const Json& value);

// Sections of a report for people, each with a heading; what they show is in the report.

std::string length_histogram(const Json& histogram, const AnalysisView& view);
std::string distributions(const Json& measures, const AnalysisView& view);
std::string advice(const Json& entries, const AnalysisView& view);

// Those beside what a report expects of them.

std::string mutual_information(const Json& report, const AnalysisView& view);
/// The largest shares.
std::string lag_equality(const Json& report, const AnalysisView& view);
/// `distinct_n` and `rep_n`, either of which may be missing.
std::string ngram_shares(const Json& report, const AnalysisView& view);
std::string split_overlap(const Json& report, const AnalysisView& view);

}  // namespace synthgen::cli
