#pragma once

#include <cstdint>
#include <string_view>

namespace synthgen {

/// The CRC-32 of ZIP (polynomial 0xEDB88320, reflected).
std::uint32_t crc32(std::string_view bytes) noexcept;

/// The CRC of two runs of bytes together, from those of each and the second one's size; O(log
/// size).
std::uint32_t joined_crc32(std::uint32_t first, std::uint32_t second,
                           std::uint64_t second_bytes) noexcept;

}  // namespace synthgen
