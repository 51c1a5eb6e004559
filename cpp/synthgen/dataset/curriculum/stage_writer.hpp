#pragma once

#include "synthgen/dataset/curriculum/write_curriculum.hpp"
#include "synthgen/io/atomic_file.hpp"
#include "synthgen/io/whole_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

/// {stage, min_complexity, max_complexity, max_length}.
Json stage_json(const Stage& stage);

/// {complexity, complexity_scale, vocab_size}.
Json complexity_json(const ComplexityOptions& options);

/// The file that stages were made of.
struct SourceRecord {
  std::string file;  ///< its name
  std::uint64_t sequences = 0;
  FileDigest digest;
};

/// Fails (usage) when a stage's directory holds a dataset and `overwrite` is off, or a file that is
/// read.
Result<void> stage_directories_free(const std::string& source, const CurriculumOptions& options,
                                    const std::vector<Stage>& stages);

/// Directories that were made; they go away again, unless something came into them.
class MadeDirectories {
 public:
  MadeDirectories() = default;
  MadeDirectories(MadeDirectories&&) = default;
  MadeDirectories& operator=(MadeDirectories&&) = delete;
  ~MadeDirectories();

  /// Makes a directory and those above it; fails (io) when the system refuses.
  Result<void> make(const std::string& path);

 private:
  std::vector<std::string> paths_;
};

/// The datasets of all stages while they grow.
class StageWriters {
 public:
  /// Makes the directories and temporary files; fails (io) when the system refuses.
  static Result<StageWriters> create(const CurriculumOptions& options,
                                     const std::vector<Stage>& stages, Split split);

  /// Adds sequence i of a batch, cut to the stage's length; fails (io).
  Result<void> add(std::size_t stage, const SequenceBatch& batch, std::size_t i, double complexity);

  /// Gives all files their names, each manifest last in its directory; fails (io).
  Result<void> publish(const ComplexityOptions& complexity, const SourceRecord& source);

  const std::vector<StageSummary>& summaries() const noexcept { return summaries_; }

 private:
  struct Output {
    AtomicFile file;
    Checksum checksum = {};
    SequenceBatch waiting = {};
    bool with_latents = false;
    bool with_labels = false;
  };
  explicit StageWriters(MadeDirectories directories) : directories_(std::move(directories)) {}
  Result<void> flush(std::size_t stage);
  /// Its text, which ends with its checksum as every manifest does.
  std::string manifest(std::size_t stage, const ComplexityOptions& complexity,
                       const SourceRecord& source) const;

  MadeDirectories directories_;  ///< outlives the files in them
  std::vector<Output> outputs_;
  std::vector<StageSummary> summaries_;
};

}  // namespace synthgen
