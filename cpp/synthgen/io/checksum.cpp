#include "synthgen/io/checksum.hpp"

#include <cstdint>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

/// 16 digits.
std::string hexadecimal(std::uint64_t number) {
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) digits[i] = "0123456789abcdef"[number & 15U];
  return digits;
}

}  // namespace

struct Checksum::State {
  XXH3_state_t xxh3;
};

Checksum::Checksum() : state_(std::make_unique<State>()) {
  XXH3_128bits_reset(&state_->xxh3);
}
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;
Checksum::~Checksum() = default;

void Checksum::add(std::string_view bytes) {
  XXH3_128bits_update(&state_->xxh3, bytes.data(), bytes.size());
}

std::string Checksum::hex() const {
  const XXH128_hash_t digest = XXH3_128bits_digest(&state_->xxh3);
  return hexadecimal(digest.high64) + hexadecimal(digest.low64);
}

std::string Checksum::hex_with(std::string_view bytes) const {
  Checksum longer;
  XXH3_copyState(&longer.state_->xxh3, &state_->xxh3);
  longer.add(bytes);
  return longer.hex();
}

std::string checksum_of(std::string_view bytes) {
  Checksum checksum;
  checksum.add(bytes);
  return checksum.hex();
}

}  // namespace synthgen
