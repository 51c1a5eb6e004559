#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// A file that appears under its name only when it is complete: written under a temporary name
/// in the same directory, synced, then renamed.
class AtomicFile {
 public:
  /// The temporary file is this process's own, `<path>.partial-<pid>`, and is removed if this
  /// object is destroyed before `commit`; those that killed processes left for the same path are
  /// removed now. Fails (io) if it cannot be created.
  static Result<AtomicFile> create(const std::string& path);

  /// The temporary file is `<path>.partial`. What an earlier process left in it can be read from
  /// the start, and it is kept if this object is destroyed before `commit`.
  static Result<AtomicFile> reopen(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  /// Fills `bytes` with what follows; false if the file ends before. Fails (io) with the system's
  /// reason.
  Result<bool> read(std::span<char> bytes);

  /// How many bytes `read` can still give.
  std::uint64_t bytes_left() const noexcept;

  /// Cuts the file to its first `size_bytes` bytes; writing continues after them.
  Result<void> cut(std::uint64_t size_bytes);

  /// Writes all of `bytes`; fails (io) with the system's reason.
  Result<void> write(std::string_view bytes);

  /// Flushes what was written to the disk; `commit` may follow later.
  Result<void> sync();

  /// Gives the file its name, replacing any file with that name, and syncs the directory.
  Result<void> commit();

  /// The path of its bytes until `commit`.
  const std::string& temporary() const noexcept { return temporary_; }

  /// Removes the temporary file.
  void discard() noexcept;

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor, bool keeps)
      : path_(std::move(path)),
        temporary_(std::move(temporary)),
        descriptor_(descriptor),
        keeps_(keeps) {}
  static Result<AtomicFile> open(const std::string& path, std::string temporary, int flags,
                                 bool keeps);
  Error failure(std::string_view what) const;

  std::string path_;
  std::string temporary_;  ///< empty once committed
  int descriptor_ = -1;
  bool keeps_ = false;  ///< whether destruction keeps the temporary file
};

}  // namespace synthgen
