#include "synthgen/dataset/line_source.hpp"

#include "synthgen/config/formatted.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>

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

class FileLines final : public LineSource {
 public:
  FileLines(std::FILE* file, std::uint64_t size_bytes, std::string path)
      : file_(file), size_bytes_(size_bytes), path_(std::move(path)) {}
  ~FileLines() override {
    std::fclose(file_);
    std::free(line_);
  }
  FileLines(const FileLines&) = delete;
  FileLines& operator=(const FileLines&) = delete;

  Result<bool> next(std::string_view& line, std::uint64_t line_number) override {
    errno = 0;
    const ssize_t length = getline(&line_, &capacity_, file_);
    if (length < 0) {
      if (std::feof(file_) != 0) return false;
      return fail(ErrorKind::io,
                  formatted("{}:{}: cannot read: {}", path_, line_number, std::strerror(errno)));
    }
    line = {line_, static_cast<std::size_t>(length)};
    bytes_read_ += line.size();
    return true;
  }
  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
  std::uint64_t size_bytes() const noexcept override { return size_bytes_; }

 private:
  std::FILE* file_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t size_bytes_;
  std::string path_;
  char* line_ = nullptr;
  std::size_t capacity_ = 0;
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
