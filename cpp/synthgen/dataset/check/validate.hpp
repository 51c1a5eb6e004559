#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/dataset/validation_report.hpp"
#include "synthgen/formats/read_hints.hpp"
#include "synthgen/generate/sequence_batch.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

class SequenceReader;

/// What a dataset must satisfy. A sequence without tokens is always a fault.
struct ValidationOptions {
  /// For every sequence; a missing limit comes from the file's own limits, if it has some.
  std::optional<std::int64_t> vocab_size = {};
  std::optional<std::int64_t> min_length = {};
  std::optional<std::int64_t> max_length = {};
  bool allow_duplicates = false;  ///< equal sequences within a split are not a fault
  bool allow_overlap = false;     ///< equal sequences in two splits are not a fault
  std::size_t places = 5;         ///< how many faults of each kind keep their location
  /// Memory for finding equal sequences (24 bytes each); beyond it a temporary file is used.
  std::uint64_t memory_limit_bytes = std::uint64_t{1} << 30;
  std::uint64_t max_line = default_max_line;  ///< the longest line of a text, in bytes
  ReadHints hints = {};                       ///< what the files do not say themselves
};

/// The options in an object of `vocab_size`, `min_length`, `max_length` and `allow_duplicates`, all
/// optional. Fails (usage) with every problem at once.
Result<ValidationOptions> read_validation_options(const Json& object);

/// Checks the sequences of any number of files and continues after faults. Ignores padding.
class Validator {
 public:
  /// Called from time to time with the bytes read of a file and its size, 0 if that is unknown.
  using FileProgress = std::function<void(std::uint64_t bytes_read, std::uint64_t size_bytes)>;

  /// Fails (usage) if an option is out of range.
  static Result<Validator> create(const ValidationOptions& options = {});

  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;
  ~Validator();

  /// Checks every sequence of a file, a pipe or, as "-", standard input, and a file against its
  /// record in the manifest; fails (io) if it cannot be read.
  Result<void> add_file(const DatasetFile& file, const FileProgress& progress = {});

  /// Checks every line of a JSONL text in memory, which faults call `name`. The text may be one of
  /// several pieces of a file: `first_line` is the number of its first line in the file.
  Result<void> add_text(std::string_view text, const std::string& name,
                        std::uint64_t first_line = 1);

  /// Checks every sequence of a file in memory, whatever its format.
  Result<void> add_bytes(std::string_view bytes, const std::string& name);

  /// Checks sequences from memory; their places count on from those before.
  Result<void> add(const SequenceBatch& batch);

  /// Adds a fault that was found elsewhere.
  void count(Fault fault);

  /// The faults so far, equal sequences included. Fails (io) as `ContentIndex` does.
  Result<ValidationReport> report();

 private:
  class EqualSequences;

  explicit Validator(const ValidationOptions& options);
  /// Names the source of the next sequences.
  void open(const std::string& name, std::string split, const SequenceLimits& own_limits);
  struct Counts {
    std::uint64_t sequences = 0;
    std::uint64_t tokens = 0;  ///< with padding
  };
  /// Checks what a reader gives, if it could be opened; none if the content is malformed.
  Result<std::optional<Counts>> add_opened(const Result<std::unique_ptr<SequenceReader>>& reader,
                                           const std::string& path, const FileProgress& progress);
  /// `lines_before`: how many lines of the source come before the reader's first.
  Result<Counts> add(SequenceReader& reader, const FileProgress& progress,
                     std::uint64_t lines_before = 0);
  /// Counts a fault for a file whose content cannot be read any further; fails if the content is
  /// not the reason.
  Result<void> report_unreadable(const std::string& path, const Error& error);
  void add_notes(const SequenceReader& reader);
  Result<void> check(std::span<const std::uint32_t> content, std::uint64_t line);
  /// Compares a file with its record.
  Result<void> compare(const DatasetFile& file, const Counts& counts);
  void compare_number(const std::string& path, const char* what, std::uint64_t found,
                      std::uint64_t recorded, const std::string& manifest);
  Result<void> compare_bytes(const std::string& path, const SideRecord& record,
                             const std::string& manifest);

  ValidationOptions options_;
  ValidationReport report_;
  std::unique_ptr<EqualSequences> equal_;
  std::optional<std::string> name_;  ///< of the current source
  SequenceLimits limits_;            ///< of its sequences
};

/// The faults of these sequences. Fails (usage) if an option is out of range.
Result<ValidationReport> validate_synthetic_data(const SequenceBatch& batch,
                                                 const ValidationOptions& options = {});

}  // namespace synthgen
