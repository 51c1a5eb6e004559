#include "synthgen/generate/layers/noise_layer.hpp"

#include <algorithm>
#include <array>

namespace synthgen {

void NoiseLayer::apply(const Item& item, std::size_t first, std::span<std::uint32_t> tokens,
                       std::vector<std::uint32_t>* noisy, const std::vector<bool>& spared) const {
  if (decision_.never()) return;
  constexpr std::size_t group_size = WordStream::group_size;
  const WordStream mask(item, Substream::noise_mask);
  const TokenWords words = TokenWords::noise(item);
  std::array<std::uint32_t, group_size> group;
  for (std::size_t start = first - first % group_size; start < tokens.size(); start += group_size) {
    mask.group(start / group_size, group);
    const std::size_t end = std::min(start + group_size, tokens.size());
    for (std::size_t position = std::max(first, start); position < end; ++position) {
      if (!decision_.holds(group[position - start])) continue;
      if (!spared.empty() && spared[position]) continue;
      std::uint32_t attempt = 0;
      tokens[position] = content_.id(content_.sampler().draw(words, position, attempt));
      if (noisy != nullptr) noisy->push_back(static_cast<std::uint32_t>(position));
    }
  }
}

}  // namespace synthgen
