#include "synthgen/io/line_source.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
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

/// The lines of a file, however long they are: blocks of the file, and room for one line.
class FileLines final : public LineSource {
 public:
  FileLines(std::FILE* file, std::uint64_t size_bytes, std::string path)
      : file_(file), size_bytes_(size_bytes), path_(std::move(path)) {}
  ~FileLines() override { std::fclose(file_); }
  FileLines(const FileLines&) = delete;
  FileLines& operator=(const FileLines&) = delete;

  Result<bool> next(std::string_view& line, std::uint64_t line_number) override {
    for (std::size_t searched = 0;;) {
      const std::string_view rest(buffer_.data() + start_, end_ - start_);
      const std::size_t line_break = rest.find('\n', searched);
      if (line_break != rest.npos || (at_end_ && !rest.empty())) {
        line = rest.substr(0, line_break == rest.npos ? rest.npos : line_break + 1);
        start_ += line.size();
        bytes_read_ += line.size();
        return true;
      }
      if (at_end_) return false;
      searched = rest.size();
      if (!read_block()) {
        return fail(ErrorKind::io,
                    formatted("{}:{}: cannot read: {}", path_, line_number, std::strerror(errno)));
      }
    }
  }
  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
  std::uint64_t size_bytes() const noexcept override { return size_bytes_; }

 private:
  /// Moves the rest to the front and appends a block; false, with errno, if the system refuses.
  bool read_block() {
    constexpr std::size_t block_bytes = std::size_t{1} << 18;
    if (end_ > start_) std::memmove(buffer_.data(), buffer_.data() + start_, end_ - start_);
    end_ -= start_;
    start_ = 0;
    if (buffer_.size() - end_ < block_bytes) {
      buffer_.resize(std::max(2 * block_bytes, 2 * buffer_.size()));
    }
    ssize_t count = -1;
    do {
      count = ::read(fileno(file_), buffer_.data() + end_, buffer_.size() - end_);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return false;
    at_end_ = count == 0;
    end_ += static_cast<std::size_t>(count);
    return true;
  }

  std::FILE* file_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t size_bytes_;
  std::string path_;
  std::vector<char> buffer_;
  std::size_t start_ = 0;  ///< of what is not yet handed out
  std::size_t end_ = 0;
  bool at_end_ = false;
};

}  // namespace

std::unique_ptr<LineSource> lines_of_text(std::string_view text) {
  return std::make_unique<TextLines>(text);
}

Result<std::unique_ptr<LineSource>> open_lines(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  struct stat status {};
  if (file == nullptr || fstat(fileno(file), &status) != 0) {
    const int reason = errno;
    if (file != nullptr) std::fclose(file);
    return fail(ErrorKind::io, formatted("{}: cannot open: {}", path, std::strerror(reason)));
  }
  const auto size_bytes =
      S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : std::uint64_t{0};
  auto lines = std::make_unique<FileLines>(file, size_bytes, path);
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::io, formatted("{}: is a directory, not a file of sequences", path));
  }
  return lines;
}

}  // namespace synthgen
