#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// What can be wrong with a dataset.
enum class FaultKind : std::uint8_t {
  malformed,          ///< not a sequence, or not a manifest: bad JSON, wrong types, no tokens
  negative_id,        ///< an id below 0
  id_too_large,       ///< an id of 2^32 or more, or of vocab_size or more
  empty,              ///< no tokens
  too_short,          ///< under min_length
  too_long,           ///< over max_length
  duplicate,          ///< the same ids as an earlier sequence of its split
  split_overlap,      ///< the same ids as a sequence of an earlier split
  manifest_mismatch,  ///< other files, bytes, sequences or tokens than the manifest says, or a
                      ///< manifest that was changed
  checksum_mismatch,  ///< as many bytes as the manifest says, but different ones
};

inline constexpr std::array<std::string_view, 10> fault_kind_names{
    "malformed",         "negative_id",      "id_too_large", "empty",
    "too_short",         "too_long",         "duplicate",    "split_overlap",
    "manifest_mismatch", "checksum_mismatch"};

constexpr std::string_view name(FaultKind kind) noexcept {
  return fault_kind_names[static_cast<std::size_t>(kind)];
}

/// One fault and where it is.
struct Fault {
  FaultKind kind = FaultKind::malformed;
  std::string file;        ///< empty for sequences from memory
  std::uint64_t line = 0;  ///< counted from 1; for sequences from memory, the sequence; 0: the file
  std::string message;     ///< what was found and what is allowed

  std::string text() const { return place_text(file, line) + ": " + message; }

  /// "data.jsonl:3", "data.jsonl" or "sequence 3".
  static std::string place_text(const std::string& file, std::uint64_t line) {
    if (file.empty()) return "sequence " + std::to_string(line);
    return line == 0 ? file : file + ':' + std::to_string(line);
  }
};

/// All faults of one kind.
struct FaultTally {
  std::uint64_t count = 0;   ///< one for each sequence, line or file that has such a fault
  std::vector<Fault> first;  ///< the first of them
};

}  // namespace synthgen
