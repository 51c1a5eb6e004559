#include "synthgen/io/ordered_workers.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace synthgen {
namespace {

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
constexpr bool have_threads = false;
#else
constexpr bool have_threads = true;
#endif

}  // namespace

void run_in_order(std::uint64_t count, unsigned threads,
                  const std::function<std::unique_ptr<ChunkWorker>()>& new_worker) {
  std::mutex mutex;
  std::condition_variable turn;
  std::uint64_t next_to_make = 0;
  std::uint64_t next_to_take = 0;
  bool stopped = false;
  std::exception_ptr failure;

  const auto work = [&] {
    const std::unique_ptr<ChunkWorker> worker = new_worker();
    for (;;) {
      std::uint64_t chunk = 0;
      {
        const std::lock_guard lock(mutex);
        if (stopped || next_to_make == count) return;
        chunk = next_to_make++;
      }
      worker->make(chunk);
      std::unique_lock lock(mutex);
      turn.wait(lock, [&] { return stopped || next_to_take == chunk; });
      if (stopped) return;
      lock.unlock();
      const bool go_on = worker->take(chunk);
      lock.lock();
      ++next_to_take;
      if (!go_on) stopped = true;
      turn.notify_all();
    }
  };

  const auto guarded_work = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      stopped = true;
      turn.notify_all();
    }
  };

  const std::uint64_t workers = have_threads ? std::min<std::uint64_t>(threads, count) : 1;
  std::vector<std::thread> pool;
  pool.reserve(workers);
  try {
    while (pool.size() + 1 < workers) pool.emplace_back(guarded_work);
  } catch (const std::exception&) {
    // The system gives no more threads; those that are there do the same work.
  }
  guarded_work();
  for (std::thread& thread : pool) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace synthgen
