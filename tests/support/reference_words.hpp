#pragma once

#include "synthgen/random/kernels/philox.hpp"

#include <cstdint>

namespace synthgen::testing {

/// Where a random word lies, spelled out with plain numbers: nothing here comes from the streams
/// under test but the block function, which has published answers of its own.
struct Address {
  std::uint64_t seed = 0;
  std::uint32_t split = 0;
  std::uint64_t index = 0;
  std::uint32_t substream = 0;
  std::uint64_t position = 0;
  std::uint32_t attempt = 0;  ///< below 256
};

/// The word at an address: key = low and high half of the seed; counter = (block; attempt +
/// 256·substream + 2^24·split; index low; index high); word t of a substream is word (t%64)/16 of
/// block 16·⌊t/64⌋ + t%16.
inline std::uint32_t reference_word(const Address& at) {
  const std::uint64_t block = 16 * (at.position / 64) + at.position % 16;
  const auto lane = static_cast<std::size_t>(at.position % 64 / 16);
  const std::uint32_t purpose = at.attempt + 256U * at.substream + 16777216U * at.split;
  const PhiloxCounter words = philox4x32_10({static_cast<std::uint32_t>(block), purpose,
                                             static_cast<std::uint32_t>(at.index % 4294967296U),
                                             static_cast<std::uint32_t>(at.index / 4294967296U)},
                                            {static_cast<std::uint32_t>(at.seed % 4294967296U),
                                             static_cast<std::uint32_t>(at.seed / 4294967296U)});
  return words[lane];
}

/// An unbiased integer in [0, range) at an address: ⌊word·range / 2^32⌋, except that words whose
/// product leaves less than 2^32 mod range are rejected and the next attempt is taken.
inline std::uint32_t reference_bounded(Address at, std::uint64_t range,
                                       std::uint32_t* attempt = nullptr) {
  const std::uint64_t rejected_below = 4294967296U % range;
  for (;; ++at.attempt) {
    const std::uint64_t product = reference_word(at) * range;
    if (product % 4294967296U < rejected_below) continue;
    if (attempt != nullptr) *attempt = at.attempt;
    return static_cast<std::uint32_t>(product / 4294967296U);
  }
}

}  // namespace synthgen::testing
