#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/format.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

struct ConvertOptions {
  /// With `with_labels` or `with_latents` they must be carried; without, they are where that can
  /// be.
  FormatOptions format = {};
  std::string output = {};      ///< empty: the input's name with the format's extension
  bool overwrite = false;       ///< replace files that are there
  std::uint32_t pad_token = 0;  ///< fills rows that have to be equally long
  std::optional<std::uint64_t> vocab_size = {};  ///< for metadata; none: the largest id and one
};

/// What a conversion read and wrote.
struct Converted {
  std::vector<std::string> files;  ///< paths, that of the sequences first
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;    ///< without padding
  bool lacks_labels = false;   ///< whether the input has some, which the format cannot carry
  bool lacks_latents = false;  ///< the same
};

/// Called from time to time with the share that is done, 0 to 1; returns false to stop.
using ConvertProgress = std::function<bool(double)>;

/// Writes the sequences of a file in another format, in constant memory: it is read twice, first
/// for lengths and ids. Padding is left out where the format fills rows itself, labels and latents
/// where it cannot carry them. Files appear when all are complete. Fails (usage) when the format
/// cannot hold the data, a file is there and `overwrite` is off or an output is one that is read,
/// (data) at the first fault in the input or when it lacks what has to be carried, (io) when the
/// system refuses.
Result<Converted> convert_sequences(const std::string& input, const ConvertOptions& options,
                                    const ConvertProgress& progress = {});

}  // namespace synthgen
