#include "stop_signals.hpp"

#include <array>
#include <climits>
#include <csignal>
#include <string_view>
#include <unistd.h>

#include "exit_status.hpp"

namespace synthgen::cli {
namespace {

constexpr std::array stop_signals{SIGINT, SIGTERM, SIGHUP};

extern "C" void stop_on_signal(int) {
  request_stop();
  if (!may_end_at_once()) return;
  constexpr std::string_view message = "synthgen: stopped\n";
  if (::write(STDERR_FILENO, message.data(), message.size()) < 0) {
    // Nobody reads it.
  }
  ::_exit(static_cast<int>(ExitStatus::stopped));
}

/// The file that a signal removes. Changed only while no handler reads it.
std::array<char, PATH_MAX> removed_file{};

extern "C" void remove_file_and_end(int signal) {
  ::unlink(removed_file.data());
  std::signal(signal, SIG_DFL);
  ::raise(signal);  // comes as soon as the handler returns
}

/// Gives the stop signals a handler; those that the caller ignored stay ignored.
void handle_stop_signals(void (*handler)(int)) noexcept {
  for (const int signal : stop_signals) {
    struct sigaction current {};
    if (sigaction(signal, nullptr, &current) != 0 || current.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace

void report_write_signals_as_errors() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void catch_stop_signals() noexcept {
  handle_stop_signals(stop_on_signal);
}

void release_stop_signals() noexcept {
  handle_stop_signals(SIG_DFL);
}

HeldStopSignals::HeldStopSignals() noexcept {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : stop_signals) sigaddset(&held, signal);
  ::pthread_sigmask(SIG_BLOCK, &held, &before_);
}

HeldStopSignals::~HeldStopSignals() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool remove_when_stopped(const std::string& path) noexcept {
  release_stop_signals();
  if (path.size() >= removed_file.size()) return false;
  path.copy(removed_file.data(), path.size());
  removed_file[path.size()] = '\0';
  if (!path.empty()) handle_stop_signals(remove_file_and_end);
  return true;
}

}  // namespace synthgen::cli
