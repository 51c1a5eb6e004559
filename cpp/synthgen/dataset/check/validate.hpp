#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/check/equal_sequences.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/dataset/validation_report.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

class SequenceReader;

/// What makes a dataset a good one. A sequence without tokens never is.
struct ValidationOptions {
  /// For every sequence; what is not given here comes from a file's own limits, if it has some.
  std::optional<std::int64_t> vocab_size = {};
  std::optional<std::int64_t> min_length = {};
  std::optional<std::int64_t> max_length = {};
  bool allow_duplicates = false;  ///< equal sequences within a split are no fault
  bool allow_overlap = false;     ///< equal sequences in two splits are no fault
  std::size_t places = 5;         ///< how many faults of a kind are kept with their place
  /// Memory for finding equal sequences (24 bytes each); beyond it a temporary file is used.
  std::uint64_t memory_limit_bytes = std::uint64_t{1} << 30;
};

/// Checks sequences from any number of files and goes on behind faults. Padding is not looked at.
class Validator {
 public:
  /// Called from time to time with the bytes read of a file and its size, 0 when that is unknown.
  using FileProgress = std::function<void(std::uint64_t bytes_read, std::uint64_t size_bytes)>;

  /// Fails (usage) when an option is out of range.
  static Result<Validator> create(const ValidationOptions& options = {});

  /// Checks every sequence of a file, and the file against its record in the manifest; fails (io)
  /// when it cannot be read.
  Result<void> add_file(const DatasetFile& file, const FileProgress& progress = {});

  /// Checks every line of a JSONL text in memory, which faults call `name`. A file may come in
  /// pieces, one after another: `first_line` is the number of the piece's first line in it.
  Result<void> add_text(std::string_view text, const std::string& name,
                        std::uint64_t first_line = 1);

  /// Checks every sequence of a file in memory, whatever its format.
  Result<void> add_bytes(std::string_view bytes, const std::string& name);

  /// Checks sequences from memory; their places count on from those before.
  Result<void> add(const SequenceBatch& batch);

  /// Adds a fault that was found elsewhere.
  void count(Fault fault);

  /// What was found so far; looks for equal sequences. Fails (io) as `ContentIndex` does.
  Result<ValidationReport> report();

 private:
  explicit Validator(const ValidationOptions& options)
      : options_(options), contents_(options.memory_limit_bytes, options.places) {}
  /// Says where the sequences that come next are from.
  void open(const std::string& name, std::string split, const SequenceLimits& own_limits);
  struct Counts {
    std::uint64_t sequences = 0;
    std::uint64_t tokens = 0;  ///< with padding
  };
  /// What a reader gave, if it could be opened; none where its content is to blame.
  Result<std::optional<Counts>> add_opened(const Result<std::unique_ptr<SequenceReader>>& reader,
                                           const std::string& path, const FileProgress& progress);
  /// `lines_before` are those of the source that the reader does not have.
  Result<Counts> add(SequenceReader& reader, const FileProgress& progress,
                     std::uint64_t lines_before = 0);
  /// A file that cannot be read any further: a fault where its content is to blame.
  Result<void> cannot_go_on(const std::string& path, const Error& error);
  Result<void> check(std::span<const std::uint32_t> content, std::uint64_t line);
  /// Compares a file with its record.
  Result<void> compare(const DatasetFile& file, const Counts& counts);
  void compare_number(const std::string& path, const char* what, std::uint64_t found,
                      std::uint64_t recorded, const std::string& manifest);
  Result<void> compare_bytes(const std::string& path, const SideRecord& record,
                             const std::string& manifest);

  ValidationOptions options_;
  ValidationReport report_;
  EqualSequences contents_;
  std::optional<std::string> name_;  ///< of the source of the sequences that come now
  SequenceLimits limits_;            ///< theirs
};

/// The seed document's `validate_synthetic_data`: what is wrong with these sequences. Fails (usage)
/// when an option is out of range.
Result<ValidationReport> validate_synthetic_data(const SequenceBatch& batch,
                                                 const ValidationOptions& options = {});

}  // namespace synthgen
