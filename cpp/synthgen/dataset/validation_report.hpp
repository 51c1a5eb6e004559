#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/formats/fault.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace synthgen {

/// What sequences may be, where that is known.
struct SequenceLimits {
  std::optional<std::int64_t> vocab_size = {};  ///< ids lie below it, at least 1; none: any id
  std::optional<std::int64_t> min_length = {};  ///< in tokens, 0 and up
  std::optional<std::int64_t> max_length = {};  ///< in tokens, min_length and up
};

/// The limits that a JSON object names; null or missing: none.
SequenceLimits read_limits(const Json& object);

/// What is wrong with one sequence by itself: `count` hears each fault. `file` and `line` say where
/// it is, as in `Fault`.
void check_sequence(std::span<const std::uint32_t> content, const SequenceLimits& limits,
                    const std::string& file, std::uint64_t line,
                    const std::function<void(Fault)>& count);

struct ValidationReport {
  std::uint64_t num_sequences = 0;                          ///< those that could be read
  std::array<FaultTally, fault_kind_names.size()> tallies;  ///< by kind

  /// Adds a fault; the first `places` of a kind are kept with their place.
  void count(Fault fault, std::size_t places);

  const FaultTally& operator[](FaultKind kind) const {
    return tallies[static_cast<std::size_t>(kind)];
  }
  FaultTally& operator[](FaultKind kind) { return tallies[static_cast<std::size_t>(kind)]; }
  std::uint64_t num_faults() const noexcept;
  bool passed() const noexcept { return num_faults() == 0; }
};

/// `passed` and the numbers, then the kinds that were found, each with count and first places.
Json to_json(const ValidationReport& report);

}  // namespace synthgen
