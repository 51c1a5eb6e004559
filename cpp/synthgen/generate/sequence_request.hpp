#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>

namespace synthgen {

/// The most sequences that one call may make; memory ends earlier.
inline constexpr std::int64_t most_sequences = std::int64_t{1} << 31;

/// Which sequences of a generator are wanted: `first` … `first + count` − 1 of a split.
struct SequenceRequest {
  Split split = Split::train;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  bool latents = false;    ///< with what their tokens do not show
  bool structure = false;  ///< with the structure of each token
};

/// The request in an object of `split`, `first`, `count`, `latents` and `structure`; only
/// `count` is required. Fails (usage) with every problem at once.
Result<SequenceRequest> read_sequence_request(const Json& object);

/// The split that a JSON string names; fails (usage) where it names none.
Result<Split> read_split(const Json& name);

/// Makes room for so many sequences of a config: memory then ends before the work, not after it.
void reserve(SequenceBatch& batch, std::uint64_t count, const Config& config);

}  // namespace synthgen
