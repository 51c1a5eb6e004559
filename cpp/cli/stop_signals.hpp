#pragma once

namespace synthgen::cli {

/// From now on writing to a closed pipe or past a file size limit fails with errno, instead of
/// ending the process.
void report_write_signals_as_errors() noexcept;

/// From now on Ctrl-C (SIGINT), SIGTERM and SIGHUP only set a flag, so that the run in progress can
/// clean up; signals that the caller had ignored stay ignored.
void catch_stop_signals() noexcept;

/// Whether one of them came.
bool stop_requested() noexcept;

}  // namespace synthgen::cli
