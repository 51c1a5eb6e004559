#include "synthgen/io/byte_stream.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"
#include "synthgen/io/input.hpp"
#include "synthgen/io/temporary_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace synthgen {
namespace {

class FileStream final : public ByteStream {
 public:
  explicit FileStream(std::shared_ptr<const ByteFile> file)
      : ByteStream(file->name()), file_(std::move(file)) {}

  Result<std::size_t> read(std::span<char> bytes) override {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), file_->size() - place_));
    if (Result<void> read = file_->read(place_, bytes.first(count)); !read) {
      return tl::unexpected(std::move(read.error()));
    }
    place_ += count;
    return count;
  }
  std::uint64_t bytes_read() const noexcept override { return place_; }
  std::uint64_t size_bytes() const noexcept override { return file_->size(); }

 private:
  std::shared_ptr<const ByteFile> file_;
  std::uint64_t place_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> stream_of(std::shared_ptr<const ByteFile> file) {
  return std::make_unique<FileStream>(std::move(file));
}

InputStream::~InputStream() {
  ::close(descriptor_);
}

Result<std::string_view> InputStream::peek(std::size_t count) {
  while (peeked_.size() < count) {
    const std::size_t before = peeked_.size();
    peeked_.resize(count);
    const Result<std::size_t> more =
        read_input(descriptor_, std::span(peeked_).subspan(before), name());
    peeked_.resize(before + more.value_or(0));
    if (!more) return tl::unexpected(more.error());
    if (*more == 0) break;
  }
  return peeked_;
}

Result<std::size_t> InputStream::read(std::span<char> bytes) {
  Result<std::size_t> count = 0;
  if (taken_ < peeked_.size()) {
    count = peeked_.copy(bytes.data(), bytes.size(), taken_);
    taken_ += *count;
  } else {
    count = read_input(descriptor_, bytes, name());
  }
  bytes_read_ += count.value_or(0);
  return count;
}

Result<std::shared_ptr<const ByteFile>> kept_bytes(ByteStream& stream) {
  const auto failed = [&](const char* what, int error) {
    return fail(ErrorKind::io, formatted("{}: cannot {} a temporary file in {}: {}", stream.name(),
                                         what, temporary_directory(), std::strerror(error)));
  };
  const int file = open_temporary_file();
  if (file < 0) return failed("make", errno);
  std::uint64_t size = 0;
  for (std::string block(1 << 18, '\0');;) {
    const Result<std::size_t> count = stream.read(block);
    const int refused = count ? write_all(file, std::string_view(block).substr(0, *count)) : 0;
    if (!count || refused != 0) {
      ::close(file);
      return count ? failed("write", refused) : tl::unexpected(count.error());
    }
    if (*count == 0) return bytes_on_disk(file, size, stream.name(), false);
    size += *count;
  }
}

}  // namespace synthgen
