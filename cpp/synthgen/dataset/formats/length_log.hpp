#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// The lengths of a file's sequences, kept until its end needs them. A megabyte of them stays in
/// memory, the rest goes to a temporary file without a name.
class LengthLog {
 public:
  LengthLog() = default;
  ~LengthLog();
  LengthLog(const LengthLog&) = delete;
  LengthLog& operator=(const LengthLog&) = delete;

  /// Fails (io) when the temporary file cannot be written.
  Result<void> append(std::span<const std::uint32_t> lengths);

  std::uint64_t size() const noexcept { return spilled_ + kept_.size(); }

  /// Replaces `lengths` by those from `first` on, at most `most` of them.
  Result<void> read(std::uint64_t first, std::size_t most,
                    std::vector<std::uint32_t>& lengths) const;

 private:
  Result<void> spill();

  int descriptor_ = -1;
  std::uint64_t spilled_ = 0;
  std::vector<std::uint32_t> kept_;
};

}  // namespace synthgen
