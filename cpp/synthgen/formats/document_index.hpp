#pragma once

#include "synthgen/formats/file_encoder.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace synthgen {

/// How a file groups its sequences into documents: 0, then for each document the number of
/// sequences up to its end.
struct DocumentIndex {
  std::uint64_t numbers = 0;                           ///< one more than there are documents
  std::function<std::unique_ptr<ByteSource>()> bytes;  ///< these numbers as int64
};

}  // namespace synthgen
