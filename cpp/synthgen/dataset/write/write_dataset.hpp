#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace synthgen {

/// The progress of a run.
struct Progress {
  std::uint64_t sequences_done = 0;  ///< including those found
  std::uint64_t sequences_total = 0;
  std::uint64_t sequences_found = 0;  ///< written by earlier runs
  std::uint64_t tokens_done = 0;
  std::uint64_t bytes_done = 0;
};

/// Called after each chunk, from one thread at a time; returns false to stop the run.
using ProgressCallback = std::function<bool(const Progress&)>;

struct DatasetOptions {
  std::string output_dir;  ///< created if missing
  unsigned threads = 1;    ///< at least 1; the bytes do not depend on it
  FormatOptions format = {};
  /// Also analyze what is written: analysis.json, or a shard's partial analysis.
  std::optional<AnalysisOptions> analysis = {};
  bool overwrite = false;  ///< replace an existing dataset
  bool resume = false;     ///< continue a stopped run of the same dataset
};

/// The options in an object of `output_dir` (required), `threads`, `overwrite`, `resume` and the
/// options of the format. Fails (usage) with every problem at once.
Result<DatasetOptions> read_dataset_options(const Json& object);

/// Creates a directory and its parents; fails (io) if that is not possible.
Result<void> make_directory(const std::string& directory);

/// Writes a shard, or the whole dataset: a file for each split with sequences, then the manifest.
/// The files get their names when everything is complete. Until then their bytes are in
/// `<name>.partial`, and `<manifest>.journal` lists what was written; a run that fails or is
/// stopped leaves them for `resume`, if it has written at least one chunk.
///
/// With `resume` a finished dataset is left as it is if its checksums are right. Fails (usage) if
/// files exist that neither `overwrite` nor `resume` may replace, or if another run is writing the
/// same, (io) if there is too little space or the system refuses, (cancelled) if the callback stops
/// it.
Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress = {}, const Shard& shard = {});

class Replacement;

/// The same without the last step: `replacement` gets what remains to be put in place.
Result<Progress> prepare_dataset(const Generator& generator, const DatasetOptions& options,
                                 Replacement& replacement, const ProgressCallback& progress = {},
                                 const Shard& shard = {});

}  // namespace synthgen
