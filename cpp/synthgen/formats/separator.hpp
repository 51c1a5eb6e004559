#pragma once

#include <cstdint>

namespace synthgen {

/// An id between the sequences of a stream of ids.
struct Separator {
  std::uint32_t id = 0;
  bool is_first = false;  ///< whether it precedes each sequence; else it follows each
};

}  // namespace synthgen
