#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/fault.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synthgen {

struct CurriculumOptions {
  std::string output_dir;  ///< made if missing; each stage gets a directory in it
  /// Without a vocab_size that of the manifest beside the source is taken, if there is one.
  ComplexityOptions complexity = {};
  bool overwrite = false;                   ///< replace datasets that are there
  std::vector<std::string> also_read = {};  ///< files, such as that of the stages, that must stay
};

/// What one stage got.
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
  std::vector<Fault> manifest_faults = {};  ///< of the manifest beside the source, if there is one
};

/// The summary as JSON, with the stages' names, bounds, directories and counts.
Json to_json(const CurriculumSummary& summary);

/// Called from time to time with the bytes read and those to read in all; returns false to stop.
using CurriculumProgress = std::function<bool(std::uint64_t bytes_read, std::uint64_t bytes_total)>;

/// Writes a dataset for each stage from the sequences of a file, which it reads twice or, to learn
/// the vocabulary's size, three times, in memory that does not grow apart from 8 bytes a sequence.
/// A stage's directory gets one file named for the source's split, and a manifest that says what it
/// was made of. Files appear when all stages are complete. Fails (usage) when a file of a dataset
/// is there and `overwrite` is off or is one that is read, (data) at the first fault of the source,
/// (io) when the system refuses or the source is no file that can be read again, (cancelled) when
/// the callback stops it.
Result<CurriculumSummary> write_curriculum(const std::string& source,
                                           const std::vector<Stage>& stages,
                                           const CurriculumOptions& options,
                                           const CurriculumProgress& progress = {});

}  // namespace synthgen
