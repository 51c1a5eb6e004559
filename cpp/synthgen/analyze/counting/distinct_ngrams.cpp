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

DistinctNgrams::Counts DistinctNgrams::operator()(std::span<const std::uint32_t> sequence,
                                                  std::span<const std::uint32_t> gaps) {
  const std::optional<Counts> counts = by_earlier_places(sequence, gaps);
  return counts ? *counts : by_table(sequence);
}

/// An n-gram is a repeated one if that many tokens up to its last are the same at an earlier place
/// of that token. None when there are so many places that a table is quicker.
std::optional<DistinctNgrams::Counts> DistinctNgrams::by_earlier_places(
    std::span<const std::uint32_t> sequence, std::span<const std::uint32_t> gaps) {
  constexpr std::size_t visits_per_token = 6;
  std::size_t visits = visits_per_token * sequence.size();
  std::array<std::uint64_t, longest + 1> repeating{};  // tokens by the longest n that ends there
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    std::size_t repeated = 0;
    for (std::size_t place = t; gaps[place] != 0 && repeated < longest;) {
      if (visits-- == 0) return std::nullopt;
      place -= gaps[place];
      std::size_t n = 1;
      while (n < longest && n <= place && sequence[place - n] == sequence[t - n]) ++n;
      repeated = std::max(repeated, n);
    }
    ++repeating[repeated];
  }
  Counts distinct{};
  std::uint64_t fewer = 0;  // tokens where less than n repeat
  for (std::size_t n = 1; n <= std::min(longest, sequence.size()); ++n) {
    fewer += repeating[n - 1];
    distinct[n - 1] = fewer - (n - 1);  // no n-gram ends at the first n − 1
  }
  return distinct;
}

DistinctNgrams::Counts DistinctNgrams::by_table(std::span<const std::uint32_t> sequence) {
  Counts distinct{};
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
