#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/file_encoder.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace synthgen {

/// The files of a conversion: the one of sequences, and its side files next to it.
class ConvertedFiles {
 public:
  /// `read` are the files that the conversion reads; none of them is replaced, and others only with
  /// `overwrite`.
  ConvertedFiles(std::filesystem::path output, std::vector<std::filesystem::path> read,
                 bool overwrite)
      : output_(std::move(output)), read_(std::move(read)), overwrite_(overwrite) {}

  /// Fails (usage) if a path may not be written: the file of sequences, or one next to it.
  Result<void> check(const std::filesystem::path& path) const;

  /// Writes a side file under a temporary name. Fails (io), (cancelled) if `stopped`.
  Result<void> add(const SideFile& side, const std::function<bool()>& stopped);

  /// Gives the files their names, but leaves side files with the same bytes as they are (a meta.pkl
  /// that several files share, lengths that have not changed), and removes those that readers would
  /// take for parts of the new file. No reader finds old and new files mixed, nor those of two
  /// conversions at once. Fails as `check` does, (cancelled) if `stopped`.
  Result<void> publish(AtomicFile main, const FormatOptions& format,
                       const std::function<bool()>& stopped);

  /// The paths that were written, the file of sequences first.
  std::vector<std::string> written() const;

 private:
  std::filesystem::path output_;
  std::vector<std::filesystem::path> read_;
  bool overwrite_;
  std::vector<AtomicFile> sides_;
};

}  // namespace synthgen
