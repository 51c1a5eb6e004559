#pragma once

#include "synthgen/io/stop_request.hpp"

#include <csignal>
#include <string>

namespace synthgen::cli {

/// Makes writing to a closed pipe or past a file size limit fail with errno instead of ending the
/// process.
void report_write_signals_as_errors() noexcept;

/// Makes Ctrl-C (SIGINT), SIGTERM and SIGHUP only request a stop, so that the current run can clean
/// up, or end the process at once while `may_end_at_once`; signals that the caller ignored stay
/// ignored.
void catch_stop_signals() noexcept;

/// Lets these signals end the process again.
void release_stop_signals() noexcept;

/// Lets these signals wait while it exists; in this thread and those that it starts.
class HeldStopSignals {
 public:
  HeldStopSignals() noexcept;
  ~HeldStopSignals();
  HeldStopSignals(const HeldStopSignals&) = delete;
  HeldStopSignals& operator=(const HeldStopSignals&) = delete;

 private:
  sigset_t before_{};
};

/// Makes these signals remove a file before they end the process as usual: the temporary file of a
/// command that does not ask `stop_requested`. One file at a time; empty: none. Returns false if
/// the path is too long to be kept.
bool remove_when_stopped(const std::string& path) noexcept;

}  // namespace synthgen::cli
