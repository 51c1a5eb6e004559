#pragma once

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>

// Inline, so that a module without this room has no need of them.

namespace synthgen {

/// The directory of temporary files: TMPDIR, or /tmp.
inline std::string temporary_directory() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
}

/// Opens a new file there that has no name and goes away when it is closed. -1, with errno, if the
/// system refuses.
inline int open_temporary_file() {
  std::string path = temporary_directory() + "/synthgen-XXXXXX";
  const int file = ::mkstemp(path.data());
  if (file < 0) return file;
  ::unlink(path.c_str());
  ::fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}

}  // namespace synthgen
