#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace synthgen {

/// Chunks of 1 KiB, each aligned to its size, out of blocks of 2 MiB that ask the system for huge
/// pages: touching fresh memory page by page would take longer than filling it. Chunks that are
/// released are reused.
class ChunkArena {
 public:
  static constexpr std::size_t chunk_bytes = 1024;

  /// Its contents are undefined.
  std::uint32_t take();
  void give_back(std::uint32_t chunk) { free_.push_back(chunk); }

  std::byte* operator[](std::uint32_t chunk) const noexcept {
    return blocks_[chunk / chunks_per_block].get() + chunk % chunks_per_block * chunk_bytes;
  }
  bool empty() const noexcept { return blocks_.empty(); }

  /// Takes over the chunks of `other`, where they lie. Each one's number grows by the number that
  /// is returned, which is above those of this arena's own chunks.
  std::uint32_t absorb(ChunkArena&& other);

 private:
  static constexpr std::size_t block_bytes = std::size_t{1} << 21;
  static constexpr std::uint32_t chunks_per_block = block_bytes / chunk_bytes;
  struct Release {
    void operator()(std::byte* block) const noexcept;
  };

  std::vector<std::unique_ptr<std::byte, Release>> blocks_;
  std::vector<std::uint32_t> free_;
  std::uint32_t next_ = 0;  ///< the first chunk never taken
};

}  // namespace synthgen
