#include "synthgen/analyze/counting/chunk_arena.hpp"

#include <new>
#include <utility>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace synthgen {

#ifdef __linux__

namespace {

/// `bytes` of fresh memory at a multiple of `bytes`; an allocator would keep twice as much.
void* aligned_pages(std::size_t bytes) {
  void* const start =
      ::mmap(nullptr, 2 * bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) throw std::bad_alloc();
  auto* const first = static_cast<std::byte*>(start);
  const std::size_t before = (bytes - reinterpret_cast<std::uintptr_t>(start) % bytes) % bytes;
  if (before > 0) ::munmap(first, before);
  ::munmap(first + before + bytes, bytes - before);
  ::madvise(first + before, bytes, MADV_HUGEPAGE);  // only speed depends on it
  return first + before;
}

}  // namespace

void ChunkArena::Release::operator()(std::byte* block) const noexcept {
  ::munmap(block, block_bytes);
}

#else

namespace {

void* aligned_pages(std::size_t bytes) {
  return ::operator new(bytes, std::align_val_t(bytes));
}

}  // namespace

void ChunkArena::Release::operator()(std::byte* block) const noexcept {
  ::operator delete(block, std::align_val_t(block_bytes));
}

#endif

std::uint32_t ChunkArena::absorb(ChunkArena&& other) {
  const auto offset = static_cast<std::uint32_t>(blocks_.size() * chunks_per_block);
  while (next_ < offset) free_.push_back(next_++);
  for (auto& block : other.blocks_) blocks_.push_back(std::move(block));
  for (const std::uint32_t chunk : other.free_) free_.push_back(chunk + offset);
  next_ = other.next_ + offset;
  other = ChunkArena();
  return offset;
}

std::uint32_t ChunkArena::take() {
  if (!free_.empty()) {
    const std::uint32_t chunk = free_.back();
    free_.pop_back();
    return chunk;
  }
  if (next_ == blocks_.size() * chunks_per_block) {
    blocks_.emplace_back(static_cast<std::byte*>(aligned_pages(block_bytes)));
  }
  return next_++;
}

}  // namespace synthgen
