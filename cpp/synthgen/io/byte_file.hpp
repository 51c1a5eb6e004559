#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// Bytes that are read from anywhere: a file, or memory.
class ByteFile {
 public:
  virtual ~ByteFile() = default;

  /// What errors call it: a file's path.
  const std::string& name() const noexcept { return name_; }
  std::uint64_t size() const noexcept { return size_; }

  /// Fills `bytes` from `offset` on. Fails (data) where the file ends before, (io) where the system
  /// refuses.
  Result<void> read(std::uint64_t offset, std::span<char> bytes) const;

  /// The bytes from `offset` on, at most `most` of them; fewer at the end.
  Result<std::string> read_start(std::uint64_t offset, std::uint64_t most) const;

  /// The file beside it whose name is this one's without its extension and with `ending` behind it:
  /// train_lengths.npy of train.npy. Null when there is none; fails (io) when it cannot be opened.
  virtual Result<std::shared_ptr<const ByteFile>> beside(std::string_view ending) const = 0;

  /// A malformed file, with the place: "train.npy: byte 6: …".
  Error fault(std::uint64_t offset, std::string_view reason) const;
  /// The same where no place says more.
  Error fault(std::string_view reason) const;

 protected:
  ByteFile(std::string name, std::uint64_t size) : name_(std::move(name)), size_(size) {}
  virtual Result<void> read_all_of(std::uint64_t offset, std::span<char> bytes) const = 0;

 private:
  std::string name_;
  std::uint64_t size_;
};

/// Fails (io) when it cannot be opened or is no regular file.
Result<std::shared_ptr<const ByteFile>> open_bytes(const std::string& path);

/// Bytes in memory, which must outlive it; `others` are the files beside it by the ending of their
/// names.
std::shared_ptr<const ByteFile> bytes_of_text(std::string_view text, std::string name,
                                              std::map<std::string, std::string_view> others = {});

}  // namespace synthgen
