#include "exit_status.hpp"

#include "synthgen/io/descriptor_io.hpp"

#include <array>
#include <string>
#include <unistd.h>

#include "cli/text/terminal.hpp"

namespace synthgen::cli {

ExitStatus exit_status(ErrorKind kind) noexcept {
  constexpr std::array statuses{ExitStatus::faults, ExitStatus::usage, ExitStatus::io,
                                ExitStatus::stopped};
  return statuses[static_cast<std::size_t>(kind)];
}

void complain(std::string_view command, std::string_view message) {
  std::string text;
  while (true) {
    const std::size_t end = message.find('\n');
    text.append(command).append(": ").append(message.substr(0, end)).append("\n");
    if (end == message.npos) break;
    message.remove_prefix(end + 1);
  }
  write_all(STDERR_FILENO, printable(text));  // there is nowhere to say that it failed
}

}  // namespace synthgen::cli
