#include "synthgen/dataset/journal_end.hpp"

#include "synthgen/io/output/output_target.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace synthgen {

bool file_ends_with(int descriptor, std::string_view text) {
  std::string end(text.size(), '\0');
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  const auto start = size - static_cast<off_t>(text.size());
  if (start < 0) return false;
  ssize_t count = -1;
  do {
    count = ::pread(descriptor, end.data(), end.size(), start);
  } while (count < 0 && errno == EINTR);
  return count == static_cast<ssize_t>(end.size()) && end == text;
}

bool journal_says_complete(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_complete =
      is_own_file(descriptor) && file_ends_with(descriptor, journal_complete_line);
  ::close(descriptor);
  return is_complete;
}

}  // namespace synthgen
