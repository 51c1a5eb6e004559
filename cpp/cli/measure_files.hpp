#pragma once

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/formats/read_hints.hpp"
#include "synthgen/io/line_source.hpp"

#include <string>
#include <vector>

#include "dataset_comparison.hpp"
#include "dataset_inputs.hpp"

namespace synthgen::cli {

struct MeasuringOptions {
  unsigned threads = 1;
  std::uint64_t max_line = default_max_line;  ///< the longest line of a text, in bytes
  ReadHints hints = {};                       ///< what the files do not say themselves
  bool quiet = false;                         ///< without progress bars
};

/// Measures the sequences of all files together. `threads` analyzers share the options' memory
/// limit and take batches in turn; the result does not depend on their number. `comparison` gets
/// every batch with its split, `notes` what the user should know of how the files were read. Fails
/// like the readers and the analyzer.
Result<Analyzer> measure_files(const std::vector<DatasetFile>& files,
                               const AnalysisOptions& options, const MeasuringOptions& how,
                               DatasetComparison& comparison, std::vector<std::string>& notes);

}  // namespace synthgen::cli
