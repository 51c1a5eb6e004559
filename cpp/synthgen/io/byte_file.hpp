#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// A file on disk or in memory, with access to any of its bytes.
class ByteFile {
 public:
  virtual ~ByteFile() = default;

  /// Its name in errors: a file's path.
  const std::string& name() const noexcept { return name_; }
  std::uint64_t size() const noexcept { return size_; }

  /// Fills `bytes` from `offset` on. Fails (data) if the file ends before, (io) if the system
  /// refuses.
  Result<void> read(std::uint64_t offset, std::span<char> bytes) const;

  /// The bytes from `offset` on, at most `most` of them; fewer at the end.
  Result<std::string> read_start(std::uint64_t offset, std::uint64_t most) const;

  /// The file in the same directory whose name is this one's with `ending` in place of its
  /// extension: train_lengths.npy of train.npy. Null if there is none; fails (io) if it cannot be
  /// opened.
  virtual Result<std::shared_ptr<const ByteFile>> side_file(std::string_view ending) const = 0;

  /// The error of a malformed file, with the place: "train.npy: byte 6: …".
  Error fault(std::uint64_t offset, std::string_view reason) const;
  /// The same without a place.
  Error fault(std::string_view reason) const;

 protected:
  ByteFile(std::string name, std::uint64_t size) : name_(std::move(name)), size_(size) {}
  virtual Result<void> read_all_of(std::uint64_t offset, std::span<char> bytes) const = 0;

 private:
  std::string name_;
  std::uint64_t size_;
};

/// Fails (io) if it cannot be opened or is not a regular file.
Result<std::shared_ptr<const ByteFile>> open_bytes(const std::string& path);

/// An open file of that size, which it closes at the end. `is_at_name` says whether it is the one
/// that its name leads to, which can then be replaced; not so a copy of a pipe's bytes.
std::shared_ptr<const ByteFile> bytes_on_disk(int descriptor, std::uint64_t size, std::string name,
                                              bool is_at_name);

/// Bytes in memory, which must outlive it; `others` are its side files by the endings of their
/// names.
std::shared_ptr<const ByteFile> bytes_of_text(std::string_view text, std::string name,
                                              std::map<std::string, std::string_view> others = {});

}  // namespace synthgen
