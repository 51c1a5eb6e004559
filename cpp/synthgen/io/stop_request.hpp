#pragma once

namespace synthgen {

/// Asks the work of this process to stop: what waits for input or counts for long then fails
/// (cancelled). May be called by a signal handler. There is no way back.
void request_stop() noexcept;

/// Whether that has been asked.
bool stop_requested() noexcept;

/// Marks work that cannot be interrupted and that nothing is lost with, such as making large tables
/// before anything is written: a stop may then end the process at once.
class MayEndAtOnce {
 public:
  MayEndAtOnce() noexcept;
  ~MayEndAtOnce();
  MayEndAtOnce(const MayEndAtOnce&) = delete;
  MayEndAtOnce& operator=(const MayEndAtOnce&) = delete;
};

/// Whether such work is being done. May be asked by a signal handler.
bool may_end_at_once() noexcept;

}  // namespace synthgen
