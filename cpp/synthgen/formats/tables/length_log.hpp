#pragma once

#include "synthgen/io/byte_log.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// The lengths of a file's sequences, kept until its end needs them.
class LengthLog {
 public:
  /// Fails (io) when the temporary file cannot be written.
  Result<void> append(std::span<const std::uint32_t> lengths) {
    return bytes_.append({reinterpret_cast<const char*>(lengths.data()), lengths.size_bytes()});
  }

  std::uint64_t size() const noexcept { return bytes_.size() / sizeof(std::uint32_t); }

  /// Replaces `lengths` by those from `first` on, at most `most` of them.
  Result<void> read(std::uint64_t first, std::size_t most,
                    std::vector<std::uint32_t>& lengths) const {
    lengths.resize(static_cast<std::size_t>(std::min<std::uint64_t>(most, size() - first)));
    return bytes_.read(first * sizeof(std::uint32_t), {reinterpret_cast<char*>(lengths.data()),
                                                       lengths.size() * sizeof lengths[0]});
  }

 private:
  ByteLog bytes_;
};

}  // namespace synthgen
