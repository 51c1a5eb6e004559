#pragma once

#include "synthgen/random/stream.hpp"

#include <cstdint>

namespace synthgen {

/// An unbiased integer in [0, range) from a random word: the multiply-shift with rejection of
/// Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019).
class Bounded {
 public:
  /// `range` is at least 1.
  explicit constexpr Bounded(std::uint32_t range) noexcept
      : range_(range), reject_below_((0U - range) % range) {}

  constexpr std::uint32_t range() const noexcept { return range_; }
  /// The low halves of accepted products are at least this.
  constexpr std::uint32_t reject_below() const noexcept { return reject_below_; }
  constexpr bool accepts(std::uint32_t word) const noexcept {
    return static_cast<std::uint32_t>(std::uint64_t{word} * range_) >= reject_below_;
  }
  constexpr std::uint32_t value(std::uint32_t word) const noexcept {
    return static_cast<std::uint32_t>(std::uint64_t{word} * range_ >> 32);
  }

  /// The draw at one position of a `WordStream` or `WordReader`: the first attempt from `attempt`
  /// on that is accepted, which `attempt` then names. The last attempt is taken as it is (reached
  /// with probability below 2^−16000).
  template <class Words>
  std::uint32_t draw(Words& words, std::uint64_t position, std::uint32_t& attempt) const noexcept {
    for (;; ++attempt) {
      const std::uint32_t word = words.word(position, attempt);
      if (accepts(word) || attempt + 1 >= WordStream::max_attempts) return value(word);
    }
  }

  template <class Words>
  std::uint32_t draw(Words& words, std::uint64_t position) const noexcept {
    std::uint32_t attempt = 0;
    return draw(words, position, attempt);
  }

 private:
  std::uint32_t range_;
  std::uint32_t reject_below_;
};

}  // namespace synthgen
