#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// Bytes kept until a file's end needs them: up to a megabyte in memory, the rest in a temporary
/// file without a name.
class ByteLog {
 public:
  /// The temporary file is in `directory`; empty: the system's directory for such files.
  explicit ByteLog(std::string directory = {}) : directory_(std::move(directory)) {}
  ~ByteLog();
  ByteLog(const ByteLog&) = delete;
  ByteLog& operator=(const ByteLog&) = delete;

  /// Fails (io) when the temporary file cannot be written.
  Result<void> append(std::string_view bytes);

  std::uint64_t size() const noexcept { return spilled_ + kept_.size(); }

  /// Fills `bytes` from `first` on; there must be as many.
  Result<void> read(std::uint64_t first, std::span<char> bytes) const;

 private:
  Result<void> spill();

  std::string directory_;
  int descriptor_ = -1;
  std::uint64_t spilled_ = 0;
  std::string kept_;
};

}  // namespace synthgen
