#pragma once

#include "synthgen/analyze/analyzer.hpp"

#include <vector>

#include "dataset_comparison.hpp"
#include "dataset_inputs.hpp"

namespace synthgen::cli {

/// Measures the sequences of all files together. `threads` analyzers share the options' memory
/// limit and take batches in turn; the result does not depend on their number. `comparison` gets
/// every batch with its split. Fails like the readers and the analyzer.
Result<Analyzer> measure_files(const std::vector<DatasetFile>& files,
                               const AnalysisOptions& options, unsigned threads,
                               DatasetComparison& comparison, bool quiet);

}  // namespace synthgen::cli
