#include "synthgen/dataset/checksum.hpp"

#include "synthgen/config/formatted.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {

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
  return formatted("{:016x}{:016x}", digest.high64, digest.low64);
}

}  // namespace synthgen
