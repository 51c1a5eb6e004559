#pragma once

namespace synthgen::cli {

/// Makes writing to a closed pipe or past a file size limit fail with errno instead of ending the
/// process.
void report_write_signals_as_errors() noexcept;

/// Makes Ctrl-C (SIGINT), SIGTERM and SIGHUP only set a flag, so that the current run can clean up;
/// signals that the caller ignored stay ignored.
void catch_stop_signals() noexcept;

/// Whether such a signal has come.
bool stop_requested() noexcept;

}  // namespace synthgen::cli
