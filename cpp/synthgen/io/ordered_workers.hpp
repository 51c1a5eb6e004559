#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace synthgen {

/// Work on one chunk in two steps: `make` runs on any thread, `take` in the order of the chunks and
/// never twice at once; `take` returns false to stop.
struct ChunkWorker {
  virtual ~ChunkWorker() = default;
  virtual void make(std::uint64_t chunk) = 0;
  virtual bool take(std::uint64_t chunk) = 0;
};

/// Runs chunks 0 … count − 1 over `threads` workers, each made by `new_worker` and holding one
/// chunk at a time, so memory does not grow with the count. Where threads are not available one
/// worker does it all. What a worker throws (out of memory) stops all of them and is thrown here.
void run_in_order(std::uint64_t count, unsigned threads,
                  const std::function<std::unique_ptr<ChunkWorker>()>& new_worker);

}  // namespace synthgen
