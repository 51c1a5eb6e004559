#include "synthgen/io/stop_request.hpp"

#include <atomic>

namespace synthgen {
namespace {

std::atomic<bool> stop_flag{false};
std::atomic<int> expendable_work{0};
static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers need it");
static_assert(std::atomic<int>::is_always_lock_free, "signal handlers need it");

}  // namespace

void request_stop() noexcept {
  stop_flag = true;
}

bool stop_requested() noexcept {
  return stop_flag;
}

MayEndAtOnce::MayEndAtOnce() noexcept {
  ++expendable_work;
}

MayEndAtOnce::~MayEndAtOnce() {
  --expendable_work;
}

bool may_end_at_once() noexcept {
  return expendable_work > 0;
}

}  // namespace synthgen
