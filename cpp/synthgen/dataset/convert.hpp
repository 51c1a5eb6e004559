#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/formats/read_hints.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

struct ConvertOptions {
  /// `with_labels` and `with_latents` make it an error to leave them out; without, they are written
  /// if the format can carry them.
  FormatOptions format = {};
  /// Empty: the input's name with the format's extension. "-": standard output.
  std::string output = {};
  bool overwrite = false;                        ///< replace existing files
  std::uint32_t pad_token = 0;                   ///< fills rows that must have equal lengths
  std::optional<std::uint64_t> vocab_size = {};  ///< for metadata; none: the largest id plus 1
  std::uint64_t max_line = default_max_line;     ///< the longest line of the input, in bytes
  ReadHints hints = {};                          ///< what the input does not say itself
};

/// The result of a conversion.
struct Converted {
  std::vector<std::string> files;  ///< paths, the file of sequences first; or "standard output"
  /// Side files that a pipe or device cannot have next to it.
  std::vector<std::string> left_out_files;
  std::vector<std::string> notes;        ///< as `format_notes` gives them
  std::vector<std::string> input_notes;  ///< what the user should know of how the input was read
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;    ///< without padding
  bool lacks_latents = false;  ///< whether the input has latents that the format cannot carry
};

/// Called from time to time with the fraction that is done, 0 to 1; returns false to stop.
using ConvertProgress = std::function<bool(double)>;

/// Writes the sequences of a file, a pipe or, as "-", standard input in another format, or those of
/// several such inputs one after another, in constant
/// memory: reads them twice, first for lengths and ids; a pipe is kept in a temporary file. Leaves
/// out padding if the format fills rows itself, and latents if it cannot carry them.
/// Files appear when all are complete, and replace earlier ones as a whole; a pipe or device is
/// written as a stream if the format can do that. Fails (usage) if the format cannot hold the data,
/// if a file exists and `overwrite` is off, or if an output is one that is read or that no file may
/// replace; (data) at the first fault in the input or if it lacks required labels or latents; (io)
/// if the system refuses.
Result<Converted> convert_sequences(const std::vector<std::string>& inputs,
                                    const ConvertOptions& options,
                                    const ConvertProgress& progress = {});

/// The same of one input.
inline Result<Converted> convert_sequences(const std::string& input, const ConvertOptions& options,
                                           const ConvertProgress& progress = {}) {
  return convert_sequences(std::vector<std::string>{input}, options, progress);
}

}  // namespace synthgen
