#pragma once

#include "synthgen/dataset/curriculum/write_curriculum.hpp"
#include "synthgen/io/checksum.hpp"
#include "synthgen/io/output/atomic_file.hpp"
#include "synthgen/io/whole_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synthgen {

/// {stage, min_complexity, max_complexity, max_length}.
Json stage_json(const Stage& stage);

/// {complexity, complexity_scale, vocab_size}.
Json complexity_json(const ComplexityOptions& options);

/// The file that stages were selected from.
struct SourceRecord {
  std::string file;  ///< its name
  std::uint64_t sequences = 0;
  FileDigest digest;
};

/// Fails (usage) if a stage's directory has a dataset and `overwrite` is off, or has a file that is
/// read; (cancelled) if a stop is requested.
Result<void> stage_directories_free(const std::string& source, const CurriculumOptions& options,
                                    const std::vector<Stage>& stages);

/// Creates directories and removes those that are empty on destruction.
class CreatedDirectories {
 public:
  CreatedDirectories() = default;
  CreatedDirectories(CreatedDirectories&&) = default;
  CreatedDirectories& operator=(CreatedDirectories&&) = delete;
  ~CreatedDirectories();

  /// Creates a directory and its parents; fails (io) if the system refuses.
  Result<void> create(const std::string& path);

 private:
  std::vector<std::string> paths_;
};

/// Writes the datasets of all stages.
class StageWriters {
 public:
  /// Creates the directories and temporary files; fails (io) if the system refuses, (cancelled) if
  /// a stop is requested.
  static Result<StageWriters> create(const CurriculumOptions& options,
                                     const std::vector<Stage>& stages, Split split);

  /// Adds sequence i of a batch, cut to the stage's length; fails (io), (cancelled).
  Result<void> add(std::size_t stage, const SequenceBatch& batch, std::size_t i, double complexity);

  /// Gives all files their names, each manifest last in its directory. `output_dir` is locked
  /// meanwhile, so that two curricula at once do not mix. Fails (io), (cancelled) if `stopped` or a
  /// stop is requested.
  Result<void> publish(const std::string& output_dir, const ComplexityOptions& complexity,
                       const SourceRecord& source, const std::function<bool()>& stopped);

  const std::vector<StageSummary>& summaries() const noexcept { return summaries_; }

 private:
  struct Output {
    AtomicFile file;
    Checksum checksum = {};
    SequenceBatch waiting = {};
    bool with_latents = false;
    bool with_labels = false;
  };
  explicit StageWriters(CreatedDirectories directories) : directories_(std::move(directories)) {}
  Result<void> flush(std::size_t stage);
  /// The text of a stage's manifest.
  std::string manifest(std::size_t stage, const ComplexityOptions& complexity,
                       const SourceRecord& source) const;

  CreatedDirectories directories_;  ///< outlives the files in them
  std::vector<Output> outputs_;
  std::vector<StageSummary> summaries_;
};

}  // namespace synthgen
