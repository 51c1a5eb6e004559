#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace synthgen {

/// What can be wrong with a sequence in a dataset.
enum class FaultKind : std::uint8_t {
  malformed,     ///< not a sequence at all: bad JSON, wrong types, no tokens member
  negative_id,   ///< an id below 0
  id_too_large,  ///< an id of 2^32 or more, or of vocab_size or more
  empty,         ///< no tokens
  too_short,     ///< under min_length
  too_long,      ///< over max_length
};

inline constexpr std::array<std::string_view, 6> fault_kind_names{
    "malformed", "negative_id", "id_too_large", "empty", "too_short", "too_long"};

constexpr std::string_view name(FaultKind kind) noexcept {
  return fault_kind_names[static_cast<std::size_t>(kind)];
}

/// One fault and where it is.
struct Fault {
  FaultKind kind = FaultKind::malformed;
  std::string file;        ///< empty for sequences from memory
  std::uint64_t line = 0;  ///< counted from 1; for sequences from memory, the sequence
  std::string message;     ///< what was found and what is allowed

  std::string text() const {
    const std::string place = file.empty() ? "sequence " : file + ':';
    return place + std::to_string(line) + ": " + message;
  }
};

}  // namespace synthgen
