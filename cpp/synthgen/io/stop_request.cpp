#include "synthgen/io/stop_request.hpp"

#include <atomic>

namespace synthgen {
namespace {

std::atomic<bool> stop_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers need it");

}  // namespace

void request_stop() noexcept {
  stop_flag = true;
}

bool stop_requested() noexcept {
  return stop_flag;
}

}  // namespace synthgen
