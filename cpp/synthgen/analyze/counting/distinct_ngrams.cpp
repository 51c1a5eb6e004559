#include "synthgen/analyze/counting/distinct_ngrams.hpp"

#include <algorithm>
#include <bit>

namespace synthgen {

/// The number of a key; `next` where it is new.
std::uint32_t DistinctNgrams::number_of(std::uint64_t key, std::uint32_t next) {
  const std::uint64_t mixed = (key ^ key >> 32) * 0x9E3779B97F4A7C15;
  const std::size_t last = slots_.size() - 1;
  for (auto place = static_cast<std::size_t>(mixed >> 32);; ++place) {
    Slot& slot = slots_[place & last];
    if (slot.key == key) return slot.number;
    if (slot.key != 0) continue;
    slot = {key, next};
    return next;
  }
}

std::array<std::uint64_t, DistinctNgrams::longest> DistinctNgrams::operator()(
    std::span<const std::uint32_t> sequence) {
  std::array<std::uint64_t, longest> distinct{};
  // Each n-gram has a number, from 1 up, that no other n-gram of any n has.
  slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * (longest - 1) * sequence.size())),
                Slot());
  std::uint32_t next = 1;
  std::array<std::uint32_t, longest> ending{};  // by n − 1: the n-gram that ends at the last token
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    std::uint32_t& token = token_number_[sequence[t]];
    if (token == 0) {
      token = next++;
      ++distinct[0];
    }
    const std::uint32_t number = token;
    for (std::size_t n = std::min(longest, t + 1); n > 1; --n) {
      const std::uint64_t key = std::uint64_t{ending[n - 2]} << 32 | number;
      ending[n - 1] = number_of(key, next);
      if (ending[n - 1] != next) continue;
      ++next;
      ++distinct[n - 1];
    }
    ending[0] = number;
  }
  token_number_.forget(sequence);
  return distinct;
}

}  // namespace synthgen
