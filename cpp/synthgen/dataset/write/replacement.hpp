#pragma once

#include "synthgen/dataset/write/run_journal.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace synthgen {

/// The finished files of one shard, of several, or of a whole dataset, under their temporary names
/// until all are put in place at once; and what they replace.
class Replacement {
 public:
  /// Takes over a run that has written everything. `files` come in the order in which they get
  /// their names: those of sequences after their side files, the manifest last. Of a file that
  /// several runs bring, alike, the last one stays.
  void add(RunJournal journal, std::vector<AtomicFile> files);

  /// Files to be removed before the first new one gets its name; from now on it may replace any.
  void remove(const std::vector<std::filesystem::path>& replaced);
  /// Those that a stopped run has noted as such, and may have removed in part.
  void remove_again(const std::filesystem::path& directory, const std::vector<std::string>& names);
  bool may_replace() const noexcept { return may_replace_; }

  /// Removes what is replaced and gives the files their names. From its first step to its last the
  /// journals say so; readers and later runs then know what is half replaced. Fails (io).
  Result<void> publish();

 private:
  std::vector<RunJournal> journals_;
  std::vector<AtomicFile> files_;
  std::set<std::filesystem::path> replaced_;
  bool may_replace_ = false;
};

}  // namespace synthgen
