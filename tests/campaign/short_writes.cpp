// Preloaded into a command, it lets some of its writes to files take only a part of their bytes, as
// a system may. SHORT_WRITE_AT is the number of the first such write, counted from 1 among those of
// SHORT_WRITE_CALL (write, pwrite64 or writev); with SHORT_WRITE_LASTING all later ones are short.

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <sys/types.h>
#include <sys/uio.h>

namespace {

std::size_t number_of(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
}

bool is_short(const char* call) {
  static const char* const wanted = std::getenv("SHORT_WRITE_CALL");
  static const std::size_t at = number_of("SHORT_WRITE_AT");
  static const bool lasting = number_of("SHORT_WRITE_LASTING") != 0;
  static std::size_t count = 0;
  if (wanted == nullptr || std::strcmp(call, wanted) != 0) return false;
  ++count;
  return count == at || (lasting && count > at);
}

std::size_t part_of(std::size_t size) {
  return size / 2 + size % 2;
}

}  // namespace

extern "C" ssize_t write(int file, const void* bytes, std::size_t size) {
  using Function = ssize_t (*)(int, const void*, std::size_t);
  static const auto next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "write"));
  return next(file, bytes, is_short("write") ? part_of(size) : size);
}

extern "C" ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t place) {
  using Function = ssize_t (*)(int, const void*, std::size_t, off_t);
  static const auto next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "pwrite"));
  return next(file, bytes, is_short("pwrite64") ? part_of(size) : size, place);
}

extern "C" ssize_t pwrite64(int file, const void* bytes, std::size_t size, off_t place) {
  return pwrite(file, bytes, size, place);
}

extern "C" ssize_t writev(int file, const struct iovec* parts, int count) {
  using Function = ssize_t (*)(int, const struct iovec*, int);
  static const auto next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "writev"));
  return next(file, parts, is_short("writev") ? 1 : count);
}
