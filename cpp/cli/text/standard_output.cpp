#include "standard_output.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"

#include <cstring>
#include <unistd.h>

#include "terminal.hpp"

namespace synthgen::cli {

Result<void> StandardOutput::write(std::string_view text) {
  constexpr std::size_t enough_bytes = std::size_t{1} << 16;
  buffer_ += text;
  if (buffer_.size() < enough_bytes && refused_ == 0) return {};
  return finish();
}

Result<void> StandardOutput::finish() {
  if (refused_ == 0) refused_ = write_all(STDOUT_FILENO, buffer_);
  buffer_.clear();
  if (refused_ == 0) return {};
  return fail(ErrorKind::io,
              formatted("cannot write to standard output: {}", std::strerror(refused_)));
}

Result<void> print(std::string_view text) {
  StandardOutput output;
  const Result<void> written = output.write(printable(text));
  return written ? output.finish() : written;
}

}  // namespace synthgen::cli
