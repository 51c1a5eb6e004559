#include "synthgen/analyze/counting/chunk_arena.hpp"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace synthgen {

void ChunkArena::Release::operator()(std::byte* block) const noexcept {
  ::operator delete(block, std::align_val_t(block_bytes));
}

std::uint32_t ChunkArena::take() {
  if (!free_.empty()) {
    const std::uint32_t chunk = free_.back();
    free_.pop_back();
    return chunk;
  }
  if (next_ == blocks_.size() * chunks_per_block) {
    void* const block = ::operator new(block_bytes, std::align_val_t(block_bytes));
    blocks_.emplace_back(static_cast<std::byte*>(block));
#ifdef __linux__
    ::madvise(block, block_bytes, MADV_HUGEPAGE);
#endif
  }
  return next_++;
}

}  // namespace synthgen
