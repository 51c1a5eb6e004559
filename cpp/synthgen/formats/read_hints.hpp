#pragma once

#include "synthgen/formats/dtype.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace synthgen {

/// What a caller says of a file that does not say it itself. It goes before what a side file says.
struct ReadHints {
  std::optional<Dtype> dtype = {};               ///< of a stream of ids without a header
  std::optional<std::uint64_t> seq_length = {};  ///< of the rows of a stream of ids
  std::optional<std::uint32_t> separator = {};   ///< between the sequences of a stream of ids
  bool separator_first = false;                  ///< whether it precedes each sequence
  std::string tensor = {};  ///< the name of the ids in a file of several tensors

  /// Whether any of it is about a stream of ids.
  bool of_stream() const noexcept { return dtype || seq_length || separator || separator_first; }
};

}  // namespace synthgen
