#pragma once

#include "synthgen/config/result.hpp"

#include <string>
#include <string_view>

namespace synthgen::cli {

/// Buffered standard output that reports when the system refuses it: a closed pipe, a full disk.
class StandardOutput {
 public:
  /// Fails (io) after a refused write; nothing more is written.
  Result<void> write(std::string_view text);

  /// Writes the rest of the buffer; must be called last.
  Result<void> finish();

 private:
  std::string buffer_;
  int refused_ = 0;  ///< errno of the refused write
};

/// Writes one text to standard output.
Result<void> print(std::string_view text);

}  // namespace synthgen::cli
