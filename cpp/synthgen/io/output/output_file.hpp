#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/output/output_target.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace synthgen {

/// Where a command's bytes go: a file, a pipe, a device, standard output.
class OutputFile {
 public:
  virtual ~OutputFile() = default;

  /// Writes all of `bytes`; fails (io) with the system's reason.
  virtual Result<void> write(std::string_view bytes) = 0;

  /// Ends it; a file then appears under its name. Must be called last; fails (io).
  virtual Result<void> commit() = 0;

 protected:
  OutputFile() = default;
  OutputFile(const OutputFile&) = default;
  OutputFile& operator=(const OutputFile&) = default;
};

/// A stream, whose bytes are gone as soon as they are written. Waits for the reader of a pipe, and
/// asks `stopped` meanwhile: true ends the wait. Fails (io) if the system refuses, (cancelled) when
/// stopped.
Result<std::unique_ptr<OutputFile>> open_stream(const OutputTarget& target,
                                                std::function<bool()> stopped = {});

}  // namespace synthgen
