#pragma once

#include "synthgen/config/result.hpp"

#include <string>
#include <string_view>

namespace synthgen::cli {

/// Buffered standard output that tells when the system refuses it: a closed pipe, a full disk.
class StandardOutput {
 public:
  /// Fails (io) once a write was refused; nothing is written from then on.
  Result<void> write(std::string_view text);

  /// Writes what is left in the buffer; must come last.
  Result<void> finish();

 private:
  std::string buffer_;
  int refused_ = 0;  ///< errno of the refused write
};

/// Writes one text to standard output.
Result<void> print(std::string_view text);

}  // namespace synthgen::cli
