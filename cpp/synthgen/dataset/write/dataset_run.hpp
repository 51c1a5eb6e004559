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

  /// Writes everything, under temporary names.
  Result<Progress> write();

  /// The files of a run that has written everything, synced: those of sequences after their side
  /// files, the manifest last.
  std::vector<AtomicFile> take_files();

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
  Result<void> write_manifest(std::optional<SideRecord> analysis);
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
  std::optional<AtomicFile> manifest_;
  bool is_done_ = false;
};

}  // namespace synthgen
