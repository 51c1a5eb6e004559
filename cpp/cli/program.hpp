#pragma once

namespace synthgen::cli {

/// Parses the command line, runs its subcommand and reports errors; the process's exit status.
int run_program(int argc, const char* const* argv) noexcept;

}  // namespace synthgen::cli
