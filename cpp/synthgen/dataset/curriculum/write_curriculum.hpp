#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/fault.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synthgen {

struct CurriculumOptions {
  std::string output_dir;  ///< created if missing; each stage gets a directory in it
  /// Without a vocab_size, that of the manifest in the source's directory is used, if there is one.
  ComplexityOptions complexity = {};
  bool overwrite = false;                     ///< replace existing datasets
  std::uint64_t max_line = default_max_line;  ///< the longest line of the source, in bytes
  std::vector<std::string> also_read =
      {};  ///< files that must not be replaced, such as that of the stages
};

/// The result of one stage.
struct StageSummary {
  Stage stage;
  std::string directory;
  FileRecord file;
  std::uint64_t cut = 0;        ///< sequences that were longer than max_length
  double least_complexity = 0;  ///< of its sequences, not as ranks; 0 without sequences
  double most_complexity = 0;
};

struct CurriculumSummary {
  std::uint64_t num_sequences = 0;    ///< of the source
  ComplexityOptions complexity = {};  ///< with the vocab_size that was used
  std::vector<StageSummary> stages = {};
  std::vector<Fault> manifest_faults = {};  ///< of the manifest in the source's directory
  std::vector<std::string> notes = {};      ///< what the user should know of how it was read
};

/// The summary as JSON, with the stages' names, bounds, directories and counts.
Json to_json(const CurriculumSummary& summary);

/// Called from time to time with the bytes read and the total; returns false to stop.
using CurriculumProgress = std::function<bool(std::uint64_t bytes_read, std::uint64_t bytes_total)>;

/// Writes a dataset for each stage from the sequences of a file, a pipe or, as "-", standard input.
/// Reads them twice, or three times to find the vocabulary's size, in constant memory apart from 8
/// bytes per sequence; a pipe is kept in a temporary file. A stage's directory gets one file named
/// after the source's split, and a manifest with its source. Files appear when all stages are
/// complete. Fails (usage) if a dataset's file exists and `overwrite` is off, or if it is one that
/// is read; (data) at the first fault of the source; (io) if the system refuses; (cancelled) if the
/// callback stops it.
Result<CurriculumSummary> write_curriculum(const std::string& source,
                                           const std::vector<Stage>& stages,
                                           const CurriculumOptions& options,
                                           const CurriculumProgress& progress = {});

}  // namespace synthgen
