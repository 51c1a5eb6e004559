#include "synthgen/generate/layers/noise_layer.hpp"

namespace synthgen {

void NoiseLayer::apply(const Item& item, std::size_t first, std::span<std::uint32_t> tokens,
                       std::vector<std::uint32_t>* noisy, const std::vector<bool>& spared) const {
  if (decision_.never()) return;
  WordReader mask(WordStream(item, Substream::noise_mask));
  const TokenWords words = TokenWords::noise(item);
  for (std::size_t position = first; position < tokens.size(); ++position) {
    if (!decision_.holds(mask.word(position))) continue;
    if (!spared.empty() && spared[position]) continue;
    std::uint32_t attempt = 0;
    tokens[position] = content_.id(content_.sampler().draw(words, position, attempt));
    if (noisy != nullptr) noisy->push_back(static_cast<std::uint32_t>(position));
  }
}

}  // namespace synthgen
