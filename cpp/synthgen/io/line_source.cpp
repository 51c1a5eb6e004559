#include "synthgen/io/line_source.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace synthgen {
namespace {

class TextLines final : public LineSource {
 public:
  explicit TextLines(std::string_view text) : rest_(text), size_bytes_(text.size()) {}

  Result<bool> next(std::string_view& line, std::uint64_t) override {
    if (rest_.empty()) return false;
    const std::size_t line_break = rest_.find('\n');
    line = rest_.substr(0, line_break == rest_.npos ? rest_.npos : line_break + 1);
    rest_.remove_prefix(line.size());
    return true;
  }
  std::uint64_t bytes_read() const noexcept override { return size_bytes_ - rest_.size(); }
  std::uint64_t size_bytes() const noexcept override { return size_bytes_; }

 private:
  std::string_view rest_;
  std::uint64_t size_bytes_;
};

/// The lines of a stream: blocks of it, and room for one line.
class StreamLines final : public LineSource {
 public:
  StreamLines(std::unique_ptr<ByteStream> stream, std::uint64_t max_line)
      : stream_(std::move(stream)), max_line_(max_line) {}

  Result<bool> next(std::string_view& line, std::uint64_t line_number) override {
    for (std::size_t searched = 0;;) {
      const std::string_view rest(buffer_.data() + start_, end_ - start_);
      const std::size_t line_break = rest.find('\n', searched);
      if (std::min(line_break, rest.size()) > max_line_) {
        return fail(ErrorKind::data, formatted("{}:{}: a line of more than {} bytes; --max-line "
                                               "sets how long one may be",
                                               stream_->name(), line_number, max_line_));
      }
      if (line_break != rest.npos || (at_end_ && !rest.empty())) {
        line = rest.substr(0, line_break == rest.npos ? rest.npos : line_break + 1);
        start_ += line.size();
        return true;
      }
      if (at_end_) return false;
      searched = rest.size();
      if (Result<void> read = read_block(); !read) return tl::unexpected(std::move(read.error()));
    }
  }
  std::uint64_t bytes_read() const noexcept override { return stream_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return stream_->size_bytes(); }

 private:
  /// Moves the rest to the front and appends a block.
  Result<void> read_block() {
    constexpr std::size_t block_bytes = std::size_t{1} << 18;
    if (end_ > start_) std::memmove(buffer_.data(), buffer_.data() + start_, end_ - start_);
    end_ -= start_;
    start_ = 0;
    if (buffer_.size() - end_ < block_bytes) {
      const std::uint64_t enough = std::min(max_line_, UINT64_MAX / 2) + 2 * block_bytes;
      const std::size_t doubled = std::max(2 * block_bytes, 2 * buffer_.size());
      buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(doubled, enough)));
    }
    const Result<std::size_t> count =
        stream_->read(std::span(buffer_).subspan(end_, buffer_.size() - end_));
    if (!count) return tl::unexpected(count.error());
    at_end_ = *count == 0;
    end_ += *count;
    return {};
  }

  std::unique_ptr<ByteStream> stream_;
  std::uint64_t max_line_;
  std::vector<char> buffer_;
  std::size_t start_ = 0;  ///< of what is not yet handed out
  std::size_t end_ = 0;
  bool at_end_ = false;
};

}  // namespace

std::unique_ptr<LineSource> lines_of(std::unique_ptr<ByteStream> stream, std::uint64_t max_line) {
  return std::make_unique<StreamLines>(std::move(stream), max_line);
}

std::unique_ptr<LineSource> lines_of_text(std::string_view text) {
  return std::make_unique<TextLines>(text);
}

}  // namespace synthgen
