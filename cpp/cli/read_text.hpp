#pragma once

#include "synthgen/config/result.hpp"

#include <string>

namespace synthgen::cli {

/// The bytes of a file. Fails (io) with the system's reason, also for a directory.
Result<std::string> read_text(const std::string& path);

}  // namespace synthgen::cli
