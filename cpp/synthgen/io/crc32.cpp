#include "synthgen/io/crc32.hpp"

#ifdef __EMSCRIPTEN__
#include <array>
#include <cstring>
#else
#include <libdeflate.h>
#endif

namespace synthgen {
namespace {

constexpr std::uint32_t polynomial = 0xEDB88320;

#ifdef __EMSCRIPTEN__

/// crc_tables[k][b]: what byte b adds to the CRC when k more bytes follow it.
constexpr auto crc_tables = [] {
  std::array<std::array<std::uint32_t, 256>, 16> made{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
    made[0][byte] = crc;
  }
  for (std::size_t k = 1; k < made.size(); ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = made[k - 1][byte];
      made[k][byte] = (before >> 8) ^ made[0][before & 0xFF];
    }
  }
  return made;
}();

std::uint32_t sum_of(std::string_view bytes) noexcept {
  std::uint32_t crc = ~std::uint32_t{0};
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 16; left -= 16, at += 16) {
    std::array<std::uint8_t, 16> block{};
    std::memcpy(block.data(), at, block.size());
    std::uint32_t start = 0;
    std::memcpy(&start, block.data(), sizeof start);
    start ^= crc;
    std::memcpy(block.data(), &start, sizeof start);
    crc = 0;
    for (std::size_t k = 0; k < 16; ++k) crc ^= crc_tables[15 - k][block[k]];
  }
  for (; left > 0; --left, ++at) {
    crc = (crc >> 8) ^ crc_tables[0][(crc ^ static_cast<std::uint8_t>(*at)) & 0xFF];
  }
  return ~crc;
}

#else

std::uint32_t sum_of(std::string_view bytes) noexcept {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

#endif

/// The product of two polynomials modulo the CRC's; the highest bit is the constant term.
constexpr std::uint32_t product(std::uint32_t a, std::uint32_t b) noexcept {
  std::uint32_t sum = 0;
  for (std::uint32_t bit = std::uint32_t{1} << 31; bit != 0; bit >>= 1) {
    if ((a & bit) != 0) sum ^= b;
    b = (b >> 1) ^ ((b & 1) != 0 ? polynomial : 0);
  }
  return sum;
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) noexcept {
  return sum_of(bytes);
}

std::uint32_t joined_crc32(std::uint32_t first, std::uint32_t second,
                           std::uint64_t second_bytes) noexcept {
  // A byte moves the first one's CRC by x^8; the power comes from repeated squares.
  std::uint32_t square = std::uint32_t{1} << 23;  // x^8
  std::uint32_t power = std::uint32_t{1} << 31;   // 1
  for (; second_bytes != 0; second_bytes >>= 1) {
    if ((second_bytes & 1) != 0) power = product(power, square);
    square = product(square, square);
  }
  return product(power, first) ^ second;
}

}  // namespace synthgen
