#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// Bytes that are read once, from the first to the last.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Its name in errors: a file's path.
  const std::string& name() const noexcept { return name_; }

  /// Reads some bytes; 0 at the end. Fails (io) if the system refuses, (data) if compressed bytes
  /// are damaged, (cancelled) if a stop is requested.
  virtual Result<std::size_t> read(std::span<char> bytes) = 0;

  /// Bytes of the file read so far, and in all (0: unknown); compressed ones where it is
  /// compressed.
  virtual std::uint64_t bytes_read() const noexcept = 0;
  virtual std::uint64_t size_bytes() const noexcept { return 0; }

 protected:
  explicit ByteStream(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

/// A file's bytes from the first on.
std::unique_ptr<ByteStream> stream_of(std::shared_ptr<const ByteFile> file);

/// The bytes of an open file, a pipe or a device, which it closes at the end.
class InputStream final : public ByteStream {
 public:
  InputStream(int descriptor, std::string name)
      : ByteStream(std::move(name)), descriptor_(descriptor) {}
  ~InputStream() override;

  /// The next bytes, as many as `count` unless the input ends before; they will be read again.
  Result<std::string_view> peek(std::size_t count);
  Result<std::size_t> read(std::span<char> bytes) override;
  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }

 private:
  int descriptor_;
  std::string peeked_;
  std::size_t taken_ = 0;  ///< of what was peeked
  std::uint64_t bytes_read_ = 0;
};

/// A stream's bytes in a temporary file, for what must read them more than once or out of order.
/// Its side files are found by the stream's name. Fails (io) as the stream does and if there is no
/// room.
Result<std::shared_ptr<const ByteFile>> kept_bytes(ByteStream& stream);

/// The text of a gzip or zstd stream, member after member. gzip may have zeros between them and at
/// the end. Fails (usage) if this build cannot decompress it; errors of `read` name the place.
Result<std::unique_ptr<ByteStream>> decompressed(std::unique_ptr<ByteStream> stream);

}  // namespace synthgen
