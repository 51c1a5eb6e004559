#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/dataset/fault.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

class SequenceReader;

/// What makes a sequence a good one. A sequence without tokens never is.
struct ValidationOptions {
  std::optional<std::int64_t> vocab_size = {};  ///< ids lie below it, at least 1; none: any id
  std::optional<std::int64_t> min_length = {};  ///< in tokens, 0 and up
  std::optional<std::int64_t> max_length = {};  ///< in tokens, min_length and up
  std::size_t places = 5;  ///< how many faults of a kind are kept with their place
};

/// All faults of one kind.
struct FaultTally {
  std::uint64_t count = 0;   ///< one for each sequence or line that has such a fault
  std::vector<Fault> first;  ///< the first of them
};

struct ValidationReport {
  std::uint64_t num_sequences = 0;                          ///< those that could be read
  std::array<FaultTally, fault_kind_names.size()> tallies;  ///< by kind

  const FaultTally& operator[](FaultKind kind) const {
    return tallies[static_cast<std::size_t>(kind)];
  }
  std::uint64_t num_faults() const noexcept;
  bool passed() const noexcept { return num_faults() == 0; }
};

/// `passed` and the numbers, then the kinds that were found, each with count and first places.
Json to_json(const ValidationReport& report);

/// Checks sequences from any number of files and goes on behind faults.
class Validator {
 public:
  /// Called from time to time with the bytes read of a file and its size, 0 when that is unknown.
  using FileProgress = std::function<void(std::uint64_t bytes_read, std::uint64_t size_bytes)>;

  /// Fails (usage) when an option is out of range.
  static Result<Validator> create(const ValidationOptions& options = {});

  /// Checks every sequence of a file; fails (io) when it cannot be read, (data) where reading
  /// cannot go on behind a fault.
  Result<void> add_file(const std::string& path, const FileProgress& progress = {});

  /// Checks every line of a JSONL text in memory, which faults call `name`.
  Result<void> add_text(std::string_view text, const std::string& name);

  /// Checks sequences from memory; their places count on from those before.
  void add(const SequenceBatch& batch);

  const ValidationReport& report() const noexcept { return report_; }

 private:
  explicit Validator(const ValidationOptions& options) : options_(options) {}
  Result<void> add(SequenceReader& reader, const std::string& name, const FileProgress& progress);
  void check(std::span<const std::uint32_t> sequence, const std::string& file, std::uint64_t line);
  void count(Fault fault);

  ValidationOptions options_;
  ValidationReport report_;
};

/// The seed document's `validate_synthetic_data`: what is wrong with these sequences. Fails (usage)
/// when an option is out of range.
Result<ValidationReport> validate_synthetic_data(const SequenceBatch& batch,
                                                 const ValidationOptions& options = {});

}  // namespace synthgen
