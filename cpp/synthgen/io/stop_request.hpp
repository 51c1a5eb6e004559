#pragma once

namespace synthgen {

/// Asks the work of this process to stop: what waits for input or counts for long then fails
/// (cancelled). May be called by a signal handler. There is no way back.
void request_stop() noexcept;

/// Whether that has been asked.
bool stop_requested() noexcept;

}  // namespace synthgen
