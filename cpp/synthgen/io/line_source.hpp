#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/byte_stream.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace synthgen {

/// The lines of a text, one after another.
class LineSource {
 public:
  virtual ~LineSource() = default;

  /// The next line with its line break, if it has one; valid until the next call. False at the end.
  /// Fails as the stream does, and (data) if the line is too long; `line_number` is for the
  /// message.
  virtual Result<bool> next(std::string_view& line, std::uint64_t line_number) = 0;

  /// Bytes read so far, and in total (0 if unknown); of compressed text, compressed bytes.
  virtual std::uint64_t bytes_read() const noexcept = 0;
  virtual std::uint64_t size_bytes() const noexcept = 0;
};

/// The longest line that is read, in bytes, unless another limit is given.
inline constexpr std::uint64_t default_max_line = std::uint64_t{1} << 28;

/// The lines of a stream, in memory in proportion to the longest of them. A line of more than
/// `max_line` bytes fails (data).
std::unique_ptr<LineSource> lines_of(std::unique_ptr<ByteStream> stream,
                                     std::uint64_t max_line = default_max_line);

/// The lines of a text in memory, which must outlive the source.
std::unique_ptr<LineSource> lines_of_text(std::string_view text);

}  // namespace synthgen
