#pragma once

#include "synthgen/config/result.hpp"

#include <functional>
#include <string>

namespace synthgen {

/// A lock on a directory, for commands that replace several files of it as a whole. The system
/// drops it with the process. Where directories cannot be locked there is none.
class DirectoryLock {
 public:
  /// Waits for others that have it, and asks `stopped` meanwhile: true ends the wait. Fails
  /// (cancelled) when stopped.
  static Result<DirectoryLock> take(const std::string& directory,
                                    const std::function<bool()>& stopped);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace synthgen
