#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/dataset_encoder.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace synthgen {

/// The first difference of a file from what its config generates.
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

/// Regenerates file number `file` of the encoder and compares it byte for byte with the one at
/// `path`, which may be too short or too long. Compares at most `most_chunks` chunks; the file's
/// end is compared if that is all of them. `keep_going` gets the bytes of each chunk and returns
/// false to stop. Fails (io) if the file cannot be read, (cancelled) if stopped, and as the
/// generator does.
Result<Comparison> compare_file(const std::string& path, DatasetEncoder& encoder, std::size_t file,
                                std::uint64_t most_chunks, unsigned threads,
                                const std::function<bool(std::uint64_t bytes)>& keep_going = {});

}  // namespace synthgen
