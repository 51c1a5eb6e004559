#pragma once

#include "synthgen/config/result.hpp"

#include <string_view>

namespace synthgen::cli {

/// The program's exit status.
enum class ExitStatus : int {
  done = 0,
  faults = 1,     ///< faults found in data
  usage = 2,      ///< wrong usage or config, output that exists
  io = 3,         ///< the system refused: files, space, memory
  stopped = 130,  ///< stopped by a signal
};

ExitStatus exit_status(ErrorKind kind) noexcept;

/// Writes `message` to stderr, each of its lines after `command` ("synthgen generate: …").
void complain(std::string_view command, std::string_view message);

}  // namespace synthgen::cli
