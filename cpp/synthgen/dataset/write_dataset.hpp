#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/formats/format.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace synthgen {

/// How far a run has come.
struct Progress {
  std::uint64_t sequences_done = 0;
  std::uint64_t sequences_total = 0;
  std::uint64_t tokens_done = 0;
  std::uint64_t bytes_done = 0;
};

/// Called after each chunk, from one thread at a time; returns false to stop the run.
using ProgressCallback = std::function<bool(const Progress&)>;

struct DatasetOptions {
  std::string output_dir;     ///< made if missing
  unsigned threads = 1;       ///< at least 1; the bytes do not depend on it
  FormatOptions format = {};  ///< of the files
  bool overwrite = false;     ///< replace a dataset that is there
};

/// Writes a file for each split with sequences, `train.jsonl` for one, and what belongs to it, then
/// `metadata.json`. Each file appears
/// under its name when it is complete; a run that fails or is stopped leaves none of them. Fails
/// (usage) when the format cannot carry what is asked for, when a file of a dataset is there and
/// `overwrite` is off, (io) when the system refuses, (cancelled) when the callback stops it.
Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress = {});

}  // namespace synthgen
