#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/jsonl_reader.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>

namespace synthgen {
namespace {

/// The lines of a file, however long they are.
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
    return true;
  }
  std::uint64_t size_bytes() const noexcept override { return size_bytes_; }

 private:
  std::FILE* file_;
  std::uint64_t size_bytes_;
  std::string path_;
  char* line_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace

Result<JsonlReader> JsonlReader::open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  struct stat status {};
  if (file == nullptr || fstat(fileno(file), &status) != 0) {
    const int reason = errno;
    if (file != nullptr) std::fclose(file);
    return fail(ErrorKind::io, formatted("{}: cannot open: {}", path, std::strerror(reason)));
  }
  const auto size_bytes =
      S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : std::uint64_t{0};
  JsonlReader reader(std::make_unique<FileLines>(file, size_bytes, path), path);
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::io, formatted("{}: is a directory, not a JSONL file", path));
  }
  return reader;
}

}  // namespace synthgen
