#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

struct VerifyOptions {
  bool full = false;     ///< regenerate every byte, not a sample
  unsigned threads = 1;  ///< at least 1
};

/// A difference from what was written, and its place.
struct VerifyFault {
  std::string file;  ///< its name in the dataset's directory
  std::string message;
  std::optional<std::uint64_t> byte = {};      ///< the first that differs, counted from 0
  std::optional<std::uint64_t> line = {};      ///< in text, counted from 1
  std::optional<std::uint64_t> sequence = {};  ///< of the split, counted from 0

  /// The file, the place and the message.
  std::string text() const;
};

/// A file that was checked.
struct VerifiedFile {
  std::string file;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t bytes = 0;
  std::uint64_t regenerated = 0;  ///< sequences that were compared with regenerated ones
};

struct VerifyReport {
  std::vector<VerifiedFile> files;
  std::vector<VerifyFault> faults;
  std::vector<std::string> not_checked;  ///< what could not be checked and why, a sentence each

  bool passed() const noexcept { return faults.empty(); }
};

/// `passed`, then the files, the faults and what could not be checked.
Json to_json(const VerifyReport& report);

/// Called from time to time with the bytes that were checked and the total; returns false to stop.
using VerifyProgress = std::function<bool(std::uint64_t bytes_done, std::uint64_t bytes_total)>;

/// Compares a dataset with its manifest, or unmerged shards with theirs: the manifest's own
/// checksum, every file's size, checksum and counts, and a sample of each file's sequences with
/// regenerated ones. If a file differs, it is regenerated to find the first byte that does. Data of
/// a custom generator, or without a config, cannot be regenerated; the report says so. Fails (io)
/// if there is no manifest or the system refuses, (usage) if a manifest is another program's or has
/// another stream version, (cancelled) if stopped.
Result<VerifyReport> verify_dataset(const std::string& directory, const VerifyOptions& options = {},
                                    const VerifyProgress& progress = {});

}  // namespace synthgen
