#pragma once

#include "synthgen/config/result.hpp"

#include <string>
#include <string_view>

namespace synthgen {

/// A file that appears under its name only when it is complete: written under a temporary name
/// beside it, synced, then renamed. Destroyed before `commit`, it leaves nothing behind.
class AtomicFile {
 public:
  /// Fails (io) when the temporary file cannot be made.
  static Result<AtomicFile> create(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  /// Writes all of `bytes`; fails (io) with the system's reason.
  Result<void> write(std::string_view bytes);

  /// Brings what was written to the disk; `commit` may follow later.
  Result<void> sync();

  /// Gives the file its name, replacing what has it, and syncs the directory.
  Result<void> commit();

  /// Where its bytes are until it has its name.
  const std::string& temporary() const noexcept { return temporary_; }

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}
  Error failure(std::string_view what) const;

  std::string path_;
  std::string temporary_;  ///< empty once committed
  int descriptor_ = -1;
};

}  // namespace synthgen
