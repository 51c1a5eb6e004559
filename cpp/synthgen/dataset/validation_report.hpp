#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/fault.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// Limits on sequences, as far as they are known.
struct SequenceLimits {
  std::optional<std::int64_t> vocab_size = {};  ///< ids are below it, at least 1; none: any id
  std::optional<std::int64_t> min_length = {};  ///< in tokens, 0 and up
  std::optional<std::int64_t> max_length = {};  ///< in tokens, min_length and up
};

/// The limits among an object's fields; a null or missing one is no limit, and one that is not
/// allowed is a problem of the object's.
SequenceLimits read_limits(JsonObject& fields);

/// The limits in an object that has nothing else. Fails (usage) with every problem at once.
Result<SequenceLimits> read_sequence_limits(const Json& object);

/// Calls `count` with each fault of one sequence by itself. `file` and `line` are its place, as in
/// `Fault`.
void check_sequence(std::span<const std::uint32_t> content, const SequenceLimits& limits,
                    const std::string& file, std::uint64_t line,
                    const std::function<void(Fault)>& count);

struct ValidationReport {
  std::uint64_t num_sequences = 0;                          ///< that could be read
  std::array<FaultTally, fault_kind_names.size()> tallies;  ///< by kind
  std::vector<std::string> notes;  ///< what the user should know of how files were read

  /// Adds a fault; the first `places` faults of each kind keep their location.
  void count(Fault fault, std::size_t places);

  const FaultTally& operator[](FaultKind kind) const {
    return tallies[static_cast<std::size_t>(kind)];
  }
  FaultTally& operator[](FaultKind kind) { return tallies[static_cast<std::size_t>(kind)]; }
  std::uint64_t num_faults() const noexcept;
  bool passed() const noexcept { return num_faults() == 0; }
};

/// What is wrong with each sequence by itself; their places count from 1.
ValidationReport check_sequences(const SequenceBatch& batch, const SequenceLimits& limits);

/// `passed` and the numbers, then the kinds of faults that were found, with count and first places,
/// and `notes` if there are some.
Json to_json(const ValidationReport& report);

}  // namespace synthgen
