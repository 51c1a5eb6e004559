#pragma once

#include "synthgen/random/stream.hpp"

#include <array>
#include <cstdint>
#include <istream>
#include <limits>
#include <ostream>

namespace synthgen {

/// Sequential Philox4x32-10 that models the pseudo-random number engine concept of Boost.Random
/// and the standard library, so their distributions draw from it. Word n of the engine is word n
/// of the substream that it was made for; `discard` costs the same however far it goes. A substream
/// has 2^28 words; after them the engine gives words of other attempts at the same positions.
///
/// Example: `PhiloxEngine rng(item, Substream::custom);
/// boost::random::normal_distribution<>()(rng)`
class PhiloxEngine {
 public:
  using result_type = std::uint32_t;
  static constexpr bool has_fixed_range = false;
  static constexpr std::uint64_t default_seed = 0;

  static constexpr result_type min() noexcept { return 0; }
  static constexpr result_type max() noexcept { return std::numeric_limits<result_type>::max(); }

  PhiloxEngine() noexcept : PhiloxEngine(default_seed) {}
  explicit PhiloxEngine(std::uint64_t seed) noexcept
      : PhiloxEngine(Item{seed, Split::train, 0}, Substream::custom) {}
  PhiloxEngine(const Item& item, Substream substream) noexcept
      : item_(item), substream_(substream) {}

  void seed() noexcept { seed(default_seed); }
  void seed(std::uint64_t value) noexcept { *this = PhiloxEngine(value); }

  result_type operator()() noexcept {
    const std::uint64_t group = position_ / WordStream::group_size;
    if (group != cached_group_) {
      WordStream(item_, substream_).group(group, words_);
      cached_group_ = group;
    }
    return words_[position_++ % WordStream::group_size];
  }

  void discard(std::uint64_t count) noexcept { position_ += count; }

  /// How many words have been drawn or skipped.
  std::uint64_t position() const noexcept { return position_; }

  friend bool operator==(const PhiloxEngine& a, const PhiloxEngine& b) noexcept {
    return a.item_.seed == b.item_.seed && a.item_.split == b.item_.split &&
           a.item_.index == b.item_.index && a.substream_ == b.substream_ &&
           a.position_ == b.position_;
  }

  /// Text form: seed, split, index, substream and position, separated by spaces.
  friend std::ostream& operator<<(std::ostream& out, const PhiloxEngine& engine) {
    return out << engine.item_.seed << ' ' << static_cast<unsigned>(engine.item_.split) << ' '
               << engine.item_.index << ' ' << static_cast<unsigned>(engine.substream_) << ' '
               << engine.position_;
  }

  /// Reads what `<<` wrote; sets the stream's failbit and leaves the engine alone otherwise.
  friend std::istream& operator>>(std::istream& in, PhiloxEngine& engine) {
    Item item;
    unsigned split = 0;
    unsigned substream = 0;
    std::uint64_t position = 0;
    in >> item.seed >> split >> item.index >> substream >> position;
    if (in && (split > 2 || substream > 0xFFFF)) in.setstate(std::ios::failbit);
    if (in) {
      item.split = static_cast<Split>(split);
      engine = PhiloxEngine(item, static_cast<Substream>(substream));
      engine.discard(position);
    }
    return in;
  }

 private:
  Item item_;
  Substream substream_;
  std::uint64_t position_ = 0;
  std::uint64_t cached_group_ = ~std::uint64_t{0};
  std::array<result_type, WordStream::group_size> words_{};
};

}  // namespace synthgen
