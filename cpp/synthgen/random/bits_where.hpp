#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace synthgen {

static_assert(std::endian::native == std::endian::little);

/// Bit i says whether holds(values[i]); for up to 64 values. Without branches: what is decided at
/// random cannot be predicted.
template <class Holds>
std::uint64_t bits_where(std::span<const std::uint32_t> values, const Holds& holds) {
  constexpr std::uint64_t collects_bits = 0x0102040810204080;  // one of each byte in the upper byte
  constexpr std::size_t in_block = 16;  // a constant, so that a block is compared in vectors
  std::uint64_t bits = 0;
  std::size_t i = 0;
  for (; i + in_block <= values.size(); i += in_block) {
    std::array<std::uint8_t, in_block> flags;
    const std::uint32_t* const block = values.data() + i;
    for (std::size_t j = 0; j < in_block; ++j) flags[j] = holds(block[j]) ? 1 : 0;
    for (std::size_t j = 0; j < in_block; j += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, flags.data() + j, sizeof eight);
      bits |= (eight * collects_bits >> 56) << (i + j);
    }
  }
  for (; i < values.size(); ++i) bits |= std::uint64_t{holds(values[i]) ? 1U : 0U} << i;
  return bits;
}

}  // namespace synthgen
