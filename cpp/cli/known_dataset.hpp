#pragma once

#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthgen::cli {

/// A part of a split in files that follow one another.
struct SplitPart {
  Split split = Split::train;
  std::uint64_t first = 0;  ///< sequence
  std::uint64_t count = 0;  ///< of sequences
  std::vector<std::string> files = {};
};

/// A dataset whose config is known: its directory, or one of its files.
class KnownDataset {
 public:
  /// Fails (usage) if no manifest with a config lists the file or files of the directory, or code
  /// that is not here made them; else as `list_dataset`.
  static Result<KnownDataset> open(const std::string& path);

  const Generator& generator() const noexcept { return generator_; }

  /// The sequences of a split; of a file's dataset, only those in it. Fails (usage) if the dataset
  /// has none, or files are missing between others.
  Result<SplitPart> part(Split split) const;

  /// The split of a file; of a directory val, test or train, whichever comes first in it.
  Split held_out() const;

  /// The files of all parts.
  const std::vector<DatasetFile>& files() const noexcept { return files_; }

 private:
  KnownDataset(std::string path, Generator generator, std::vector<DatasetFile> files)
      : path_(std::move(path)), generator_(std::move(generator)), files_(std::move(files)) {}
  std::vector<const DatasetFile*> files_of(Split split) const;

  std::string path_;
  Generator generator_;
  std::vector<DatasetFile> files_;  ///< all have records
};

/// The problem of a flag that names a split that is none; stores it otherwise.
std::optional<Problem> store_split(const std::string& text, std::optional<Split>& split);

}  // namespace synthgen::cli
