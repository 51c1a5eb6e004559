#include "synthgen/io/byte_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/directory.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace synthgen {

Error ByteFile::fault(std::uint64_t offset, std::string_view reason) const {
  return {ErrorKind::data, formatted("{}: byte {}: {}", name_, offset, reason), {}};
}

Error ByteFile::fault(std::string_view reason) const {
  return {ErrorKind::data, formatted("{}: {}", name_, reason), {}};
}

Result<void> ByteFile::read(std::uint64_t offset, std::span<char> bytes) const {
  if (offset > size_ || bytes.size() > size_ - offset) {
    return tl::unexpected(
        fault(offset, formatted("ends within {} bytes that belong here; it has {} bytes in all",
                                bytes.size(), size_)));
  }
  return read_all_of(offset, bytes);
}

Result<std::string> ByteFile::read_start(std::uint64_t offset, std::uint64_t most) const {
  std::string bytes;
  if (offset >= size_) return bytes;
  bytes.resize(static_cast<std::size_t>(std::min(most, size_ - offset)));
  if (Result<void> done = read(offset, bytes); !done) return tl::unexpected(done.error());
  return bytes;
}

namespace {

class DiskBytes final : public ByteFile {
 public:
  DiskBytes(std::string name, std::uint64_t size, int descriptor, bool is_at_name)
      : ByteFile(std::move(name), size), descriptor_(descriptor), is_at_name_(is_at_name) {}
  ~DiskBytes() override { ::close(descriptor_); }
  DiskBytes(const DiskBytes&) = delete;
  DiskBytes& operator=(const DiskBytes&) = delete;

  Result<std::shared_ptr<const ByteFile>> side_file(std::string_view ending) const override {
    const std::filesystem::path path = name();
    const std::filesystem::path other =
        path.parent_path() / (path.stem().string() + std::string(ending));
    std::error_code ignored;
    Result<std::shared_ptr<const ByteFile>> side = nullptr;
    if (std::filesystem::exists(other, ignored)) side = open_bytes(other.string());
    // Files that replace these begin with the removal of the one that leads to the others.
    if (side && is_at_name_ && !leads_to(name(), descriptor_)) {
      return fail(ErrorKind::io,
                  formatted("{}: was replaced while it was read; read it again", name()));
    }
    return side;
  }

 private:
  Result<void> read_all_of(std::uint64_t offset, std::span<char> bytes) const override {
    while (!bytes.empty()) {
      const ssize_t count =
          ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        return fail(ErrorKind::io, formatted("{}: cannot read: {}", name(), std::strerror(errno)));
      }
      if (count == 0) return tl::unexpected(fault(offset, "became shorter while it was read"));
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  int descriptor_;
  bool is_at_name_;
};

class MemoryBytes final : public ByteFile {
 public:
  MemoryBytes(std::string_view text, std::string name,
              std::map<std::string, std::string_view> others)
      : ByteFile(std::move(name), text.size()), text_(text), others_(std::move(others)) {}

  Result<std::shared_ptr<const ByteFile>> side_file(std::string_view ending) const override {
    const auto found = others_.find(std::string(ending));
    if (found == others_.end()) return nullptr;
    return bytes_of_text(found->second, name() + std::string(ending));
  }

 private:
  Result<void> read_all_of(std::uint64_t offset, std::span<char> bytes) const override {
    std::copy_n(text_.data() + offset, bytes.size(), bytes.data());
    return {};
  }

  std::string_view text_;
  std::map<std::string, std::string_view> others_;
};

}  // namespace

Result<std::shared_ptr<const ByteFile>> open_bytes(const std::string& path) {
  const int descriptor = open_input(path);
  struct stat status {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
    const int reason = errno;
    if (descriptor >= 0) ::close(descriptor);
    return fail(ErrorKind::io, formatted("{}: cannot open: {}", path, std::strerror(reason)));
  }
  auto file = bytes_on_disk(descriptor, static_cast<std::uint64_t>(status.st_size), path, true);
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::io, formatted("{}: is not a regular file", path));
  }
  return file;
}

std::shared_ptr<const ByteFile> bytes_on_disk(int descriptor, std::uint64_t size, std::string name,
                                              bool is_at_name) {
  return std::make_shared<const DiskBytes>(std::move(name), size, descriptor, is_at_name);
}

std::shared_ptr<const ByteFile> bytes_of_text(std::string_view text, std::string name,
                                              std::map<std::string, std::string_view> others) {
  return std::make_shared<const MemoryBytes>(text, std::move(name), std::move(others));
}

}  // namespace synthgen
