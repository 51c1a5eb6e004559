#include "stop_signals.hpp"

#include <atomic>
#include <csignal>

namespace synthgen::cli {
namespace {

std::atomic<bool> stop_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers need it");

extern "C" void set_stop_flag(int) {
  stop_flag = true;
}

}  // namespace

void report_write_signals_as_errors() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void catch_stop_signals() noexcept {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction current {};
    if (sigaction(signal, nullptr, &current) != 0 || current.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = set_stop_flag;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

bool stop_requested() noexcept {
  return stop_flag;
}

}  // namespace synthgen::cli
