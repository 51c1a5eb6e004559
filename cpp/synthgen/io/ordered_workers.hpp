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

/// Runs chunks 0 … count − 1 on `threads` workers from `new_worker`. Each holds one chunk at a
/// time, so memory does not grow with the count. Without threads one worker does all. An exception
/// of a worker (out of memory) stops all of them and is thrown here.
void run_in_order(std::uint64_t count, unsigned threads,
                  const std::function<std::unique_ptr<ChunkWorker>()>& new_worker);

}  // namespace synthgen
