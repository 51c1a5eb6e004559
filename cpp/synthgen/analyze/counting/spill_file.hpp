#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace synthgen {

/// Whether there is a file system for data that does not fit in memory.
#ifdef __EMSCRIPTEN__
inline constexpr bool can_spill = false;
#else
inline constexpr bool can_spill = true;
#endif

/// A temporary file for data that does not fit in memory: in the directory TMPDIR (default /tmp),
/// unlinked at once, so that nothing is left over however the program ends.
class SpillFile {
 public:
  /// Fails (io) if no file can be created in the directory.
  static Result<std::shared_ptr<SpillFile>> create();
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  /// Position of the next byte.
  std::uint64_t size() const noexcept { return written_ + buffer_.size(); }
  /// Fails (io) if the disk is full; the bytes are readable after `flush`.
  Result<void> append(const void* data, std::size_t size);
  Result<void> flush();
  /// Fails (io) if the bytes cannot be read.
  Result<void> read(std::uint64_t offset, void* data, std::size_t size) const;

 private:
  SpillFile(int file, std::string directory) : file_(file), directory_(std::move(directory)) {}
  tl::unexpected<Error> failed(const char* what) const;

  int file_;
  std::string directory_;
  std::uint64_t written_ = 0;
  std::vector<char> buffer_;
};

}  // namespace synthgen
