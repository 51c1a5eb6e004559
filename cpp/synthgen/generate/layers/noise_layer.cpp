#include "synthgen/generate/layers/noise_layer.hpp"

#include "synthgen/random/draws.hpp"

#include <array>

namespace synthgen {

template <class Words>
void NoiseLayer::replace(const Item& item, Words words, std::size_t first,
                         std::span<std::uint32_t> tokens, std::vector<std::uint32_t>* noisy,
                         const std::vector<bool>& spared) const {
  constexpr std::size_t group_size = WordStream::group_size;
  const WordStream mask(item, Substream::noise_mask);
  std::array<std::uint32_t, group_size> group;
  std::array<std::size_t, group_size> chosen;
  for (std::size_t start = first - first % group_size; start < tokens.size(); start += group_size) {
    mask.group(start / group_size, group);
    // Listing the positions before anything is done with them spares mispredicted branches.
    std::size_t count = 0;
    for (std::size_t i = 0; i < group_size; ++i) {
      chosen[count] = start + i;
      count += decision_.holds(group[i]) ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t position = chosen[i];
      if (position < first || position >= tokens.size()) continue;
      if (!spared.empty() && spared[position]) continue;
      std::uint32_t attempt = 0;
      tokens[position] = content_.id(content_.sampler().draw(words, position, attempt));
      if (noisy != nullptr) noisy->push_back(static_cast<std::uint32_t>(position));
    }
  }
}

void NoiseLayer::replace_groups(const Item& item, std::uint32_t first_id, std::size_t first,
                                std::span<std::uint32_t> tokens,
                                std::vector<std::uint32_t>* noisy) const {
  WordReader mask(WordStream(item, Substream::noise_mask));
  WordReader words(WordStream(item, Substream::noise_token));
  const Bounded ranks(content_.size());
  draw_where(decision_, mask, ranks, first_id, words, first, tokens.subspan(first));
  if (noisy == nullptr) return;
  for (std::size_t t = first; t < tokens.size(); ++t) {
    if (decision_.holds(mask.word(t))) noisy->push_back(static_cast<std::uint32_t>(t));
  }
}

void NoiseLayer::apply(const Item& item, std::size_t first, std::span<std::uint32_t> tokens,
                       std::vector<std::uint32_t>* noisy, const std::vector<bool>& spared) const {
  // From here up the words of whole groups together take less time than those needed one by one.
  constexpr double many = 0.05;
  if (decision_.never()) return;
  const std::optional<std::uint32_t> first_id = content_.first_id();
  if (probability() >= many && content_.sampler().is_uniform() && first_id && spared.empty()) {
    replace_groups(item, *first_id, first, tokens, noisy);
  } else if (probability() < many) {
    replace(item, TokenWords::noise(item), first, tokens, noisy, spared);
  } else {
    replace(item, TokenReader::noise(item), first, tokens, noisy, spared);
  }
}

}  // namespace synthgen
