#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace synthgen {

/// Where a file differs first from what its config makes.
struct Difference {
  std::uint64_t byte = 0;                      ///< counted from 0
  std::optional<std::uint64_t> line = {};      ///< in a file of lines, counted from 1
  std::optional<std::uint64_t> sequence = {};  ///< of the split, counted from 0
};

/// How much of a file was compared, and the first difference.
struct Comparison {
  std::uint64_t sequences = 0;
  std::optional<Difference> difference = {};
};

/// Generates file number `file` of the encoder anew and compares it byte for byte with the one at
/// `path`, which may be cut short or too long. At most `most_chunks` chunks; what follows the
/// chunks is compared when all of them were. `go_on` gets the bytes of each piece. Fails (io) when
/// the file cannot be read, (cancelled) when told to stop, and where the generator does.
Result<Comparison> compare_file(const std::string& path, DatasetEncoder& encoder, std::size_t file,
                                std::uint64_t most_chunks, unsigned threads,
                                const std::function<bool(std::uint64_t bytes)>& go_on = {});

}  // namespace synthgen
