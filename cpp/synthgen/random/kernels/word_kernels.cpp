#include "synthgen/random/kernels/word_kernels.hpp"

#include "synthgen/random/kernels/masked_draws.hpp"
#include "synthgen/random/kernels/vector_kernels.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::uint32_t blocks_in_group = 16;

void scalar_words(const StreamAddress& address, std::uint32_t first_block, std::uint32_t* words,
                  std::size_t groups) {
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::uint32_t i = 0; i < blocks_in_group; ++i) {
      const PhiloxCounter block = philox4x32_10(
          {first_block + i, address.purpose, address.index_low, address.index_high}, address.key);
      for (std::size_t j = 0; j < block.size(); ++j) words[blocks_in_group * j + i] = block[j];
    }
    first_block += blocks_in_group;
    words += 4 * blocks_in_group;
  }
}

bool scalar_products(const StreamAddress& address, std::uint32_t first_block, std::uint32_t range,
                     std::uint32_t reject_below, std::uint32_t* values, std::size_t groups) {
  scalar_words(address, first_block, values, groups);
  bool accepted = true;
  for (std::size_t i = 0; i < groups * 4 * blocks_in_group; ++i) {
    const std::uint64_t product = std::uint64_t{values[i]} * range;
    accepted = accepted && static_cast<std::uint32_t>(product) >= reject_below;
    values[i] = static_cast<std::uint32_t>(product >> 32);
  }
  return accepted;
}

bool scalar_draw_where(const MaskedDraws& draws) {
  return draw_where_from(draws, 0);
}

struct Kernels {
  std::array<WordKernels, 1 + max_vector_kernels> list{
      WordKernels{"scalar", scalar_words, scalar_products, scalar_draw_where}};
  std::size_t size = 1;

  Kernels() noexcept {
    size += vector_kernels(
        std::span<WordKernels, max_vector_kernels>(list.data() + 1, max_vector_kernels));
  }
};

Kernels& kernels() noexcept {
  static Kernels kernels;
  return kernels;
}

}  // namespace

const WordKernels& word_kernels() noexcept {
  const Kernels& known = kernels();
  return known.list[known.size - 1];
}

std::span<const WordKernels> all_word_kernels() noexcept {
  return {kernels().list.data(), kernels().size};
}

void add_word_kernels(const WordKernels& added) noexcept {
  Kernels& known = kernels();
  if (known.size < known.list.size()) known.list[known.size++] = added;
}

}  // namespace synthgen
