#pragma once

#include "synthgen/dataset/dataset_encoder.hpp"
#include "synthgen/dataset/write/run_journal.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// Writes the files of one shard, starting after the chunks in the journal.
class DatasetRun {
 public:
  DatasetRun(const Generator& generator, const DatasetOptions& options, const Shard& shard,
             DatasetEncoder& encoder, RunJournal& journal, const ProgressCallback& callback);

  /// Removes everything unless a chunk was written.
  ~DatasetRun();
  DatasetRun(const DatasetRun&) = delete;
  DatasetRun& operator=(const DatasetRun&) = delete;

  /// `replaced` are the files to be removed when the new ones get their names.
  Result<Progress> write(const std::vector<std::filesystem::path>& replaced);

 private:
  class Worker;

  Result<void> write_file(std::size_t file);
  Result<std::uint64_t> replay(std::size_t file, AtomicFile& output);
  Result<void> write_chunks(std::size_t file, std::uint64_t first, AtomicFile& output);
  Result<void> write_tail(std::size_t file, AtomicFile& output);
  Result<void> write_side_files(std::size_t file);
  Result<std::optional<SideRecord>> write_analysis();
  Result<AtomicFile> open(const std::string& name);
  Result<AtomicFile> open_empty(const std::string& name);
  Result<void> publish(const std::string& manifest,
                       const std::vector<std::filesystem::path>& replaced);
  void forget() noexcept;

  const Generator& generator_;
  const DatasetOptions& options_;
  Shard shard_;
  DatasetEncoder& encoder_;
  RunJournal& journal_;
  const ProgressCallback& callback_;
  std::filesystem::path directory_;
  Progress progress_;
  // Complete, but still with temporary names.
  std::vector<AtomicFile> files_;
  std::vector<AtomicFile> side_files_;
  bool is_done_ = false;
};

}  // namespace synthgen
