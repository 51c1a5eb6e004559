#include "synthgen/analyze/counting/block_sample.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

BlockSample::Hash hash_of(std::span<const std::uint32_t> tokens, std::size_t lead) noexcept {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(tokens.data(), tokens.size_bytes(), lead);
  return {hash.high64, hash.low64};
}

}  // namespace

void BlockSample::add(std::span<const std::uint32_t> sequence) {
  if (sequence.size() < 2) return;
  for (std::size_t start = 0; start < sequence.size(); start += block_size) {
    const std::size_t lead = std::min(start, longest_lead);
    const std::size_t own = std::min(block_size, sequence.size() - start);
    const auto tokens = sequence.subspan(start - lead, lead + own);
    blocks_.count(hash_of(tokens, lead), 1, [&] {
      return TokenBlock{{tokens.begin(), tokens.end()}, lead};
    });
  }
}

void BlockSample::exchange(StateArchive& archive) {
  blocks_.exchange(archive, [](const Hash& hash, const TokenBlock& block) {
    return block.lead <= longest_lead && block.tokens.size() > block.lead &&
           block.tokens.size() <= block.lead + block_size &&
           hash == hash_of(block.tokens, static_cast<std::size_t>(block.lead));
  });
}

std::uint64_t BlockSample::tokens() const noexcept {
  std::uint64_t tokens = 0;
  for (const auto& [hash, block] : blocks()) {
    tokens += block.times * (block.value.tokens.size() - block.value.lead);
  }
  return tokens;
}

}  // namespace synthgen
