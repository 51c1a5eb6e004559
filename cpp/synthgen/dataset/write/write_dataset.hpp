#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace synthgen {

/// How far a run has come.
struct Progress {
  std::uint64_t sequences_done = 0;  ///< those found included
  std::uint64_t sequences_total = 0;
  std::uint64_t sequences_found = 0;  ///< that earlier runs had written
  std::uint64_t tokens_done = 0;
  std::uint64_t bytes_done = 0;
};

/// Called after each chunk, from one thread at a time; returns false to stop the run.
using ProgressCallback = std::function<bool(const Progress&)>;

struct DatasetOptions {
  std::string output_dir;  ///< made if missing
  unsigned threads = 1;    ///< at least 1; the bytes do not depend on it
  FormatOptions format = {};
  /// Also measure what is written: analysis.json, or a shard's partial analysis.
  std::optional<AnalysisOptions> analysis = {};
  bool overwrite = false;  ///< replace a dataset that is there
  bool resume = false;     ///< go on where a run of the same dataset was stopped
};

/// Makes a directory with those above it; fails (io) where that cannot be.
Result<void> make_directory(const std::string& directory);

/// Writes a shard, or the whole dataset: a file for each split with sequences, then the manifest.
/// Each file appears under its name when everything is complete. Until then its bytes are in
/// `<name>.partial` beside it, and `<manifest>.journal` holds what was written; a run that fails or
/// is stopped leaves them for `resume`, if it has written a chunk at least.
///
/// With `resume` a finished dataset is left as it is, after its checksums were compared. Fails
/// (usage) when files are there and neither `overwrite` nor `resume` may have them, when another
/// run is writing the same, (io) when there is too little space or the system refuses, (cancelled)
/// when the callback stops it.
Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress = {}, const Shard& shard = {});

}  // namespace synthgen
