#pragma once

#include "synthgen/analyze/analyzer.hpp"

#include <vector>

#include "dataset_comparison.hpp"
#include "dataset_inputs.hpp"

namespace synthgen::cli {

/// Measures the sequences of all files together. `threads` analyzers share the options' memory
/// limit and take what is read in turns; what comes out does not depend on how many they are.
/// `comparison` gets every batch with its split. Fails as the readers and the analyzer do.
Result<Analyzer> measure_files(const std::vector<DatasetFile>& files,
                               const AnalysisOptions& options, unsigned threads,
                               DatasetComparison& comparison, bool quiet);

}  // namespace synthgen::cli
