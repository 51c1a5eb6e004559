#include "read_text.hpp"

#include "synthgen/config/formatted.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace synthgen::cli {

Result<std::string> read_text(const std::string& path) {
  const auto failure = [&] {
    return fail(ErrorKind::io, formatted("{}: cannot read: {}", path, std::strerror(errno)));
  };
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) return failure();
  std::string text;
  std::array<char, 1 << 14> block;
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get())) {
    text.append(block.data(), count);
  }
  if (std::ferror(file.get()) != 0) return failure();
  return text;
}

}  // namespace synthgen::cli
