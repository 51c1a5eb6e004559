#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/byte_file.hpp"

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
  /// Fails (io) if the system refuses, (data) if compressed text is damaged; `line_number` is for
  /// the message.
  virtual Result<bool> next(std::string_view& line, std::uint64_t line_number) = 0;

  /// Bytes read so far, and in total (0 if unknown); of compressed text, compressed bytes.
  virtual std::uint64_t bytes_read() const noexcept = 0;
  virtual std::uint64_t size_bytes() const noexcept = 0;
};

/// The lines of a file, however long they are. Fails (io) if it cannot be opened or is a directory.
Result<std::unique_ptr<LineSource>> open_lines(const std::string& path);

/// The lines of a text in memory, which must outlive the source.
std::unique_ptr<LineSource> lines_of_text(std::string_view text);

/// The lines of a gzip or zstd file, member after member. Fails (usage) if this build cannot
/// decompress.
Result<std::unique_ptr<LineSource>> decompressed_lines(std::shared_ptr<const ByteFile> file);

}  // namespace synthgen
