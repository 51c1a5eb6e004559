#pragma once

#include "synthgen/random/kernels/word_kernels.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace synthgen {

/// Version of the mapping from (config, seed, split, index) to tokens. Raised by whoever changes
/// a byte of any family's output, together with the golden files and the changelog.
inline constexpr int stream_version = 1;

/// The three independent parts of a dataset. The number is part of every random word's address.
enum class Split : std::uint8_t { train = 0, val = 1, test = 2 };

/// What a random word is for. Words of different substreams are independent of one another.
enum class Substream : std::uint16_t {
  length = 0,
  content = 1,
  content_fraction = 2,
  structure = 3,
  noise_mask = 4,
  noise_token = 5,
  noise_fraction = 6,
  mixture = 7,
  family = 16,  ///< 16 to 63: a family's own
  custom = 64,  ///< 64 and up: a custom generator's
};

/// Which sequence: everything that the random words of one sequence depend on.
struct Item {
  std::uint64_t seed = 0;  ///< 0 … 2^53 − 1
  Split split = Split::train;
  std::uint64_t index = 0;  ///< position of the sequence in its split, any 64-bit value
};

/// The random words of one substream of one sequence, addressed by position: a pure function,
/// nothing is consumed.
///
/// Word t lies in block 16·⌊t/64⌋ + t%16 at word (t%64)/16, so that a vector of any width writes
/// a group of 64 words without a transpose. A rejected draw is repeated at the same position with
/// the next attempt, so no other position moves. The low 8 bits of the attempt lie in counter word
/// 1, the rest in the block's top 6 bits; positions are below 2^28.
class WordStream {
 public:
  static constexpr std::size_t group_size = 64;
  static constexpr std::uint64_t max_words = std::uint64_t{1} << 28;
  static constexpr std::uint32_t max_attempts = 1U << 14;

  WordStream(const Item& item, Substream substream) noexcept
      : address_{
            {static_cast<std::uint32_t>(item.seed), static_cast<std::uint32_t>(item.seed >> 32)},
            static_cast<std::uint32_t>(substream) << 8 | static_cast<std::uint32_t>(item.split)
                                                             << 24,
            static_cast<std::uint32_t>(item.index),
            static_cast<std::uint32_t>(item.index >> 32)} {}

  const StreamAddress& address() const noexcept { return address_; }

  /// The word at one position; costs a whole block.
  std::uint32_t word(std::uint64_t position, std::uint32_t attempt = 0) const noexcept {
    const auto block = static_cast<std::uint32_t>(position / 64 * 16 + position % 16);
    return philox4x32_10({block | (attempt >> 8) << 26, address_.purpose | (attempt & 0xFF),
                          address_.index_low, address_.index_high},
                         address_.key)[position % 64 / 16];
  }

  /// The first-attempt words at positions 64·group … 64·group + 63.
  void group(std::uint64_t group, std::span<std::uint32_t, group_size> words) const noexcept {
    word_kernels().words(address_, static_cast<std::uint32_t>(group * 16), words.data(), 1);
  }

 private:
  StreamAddress address_;
};

/// Reads a word stream, fastest at ascending positions: keeps the last group of 64, so that
/// neighbouring reads share their blocks. Same words as `WordStream::word`.
class WordReader {
 public:
  explicit WordReader(const WordStream& stream) noexcept : stream_(stream) {}

  const WordStream& stream() const noexcept { return stream_; }

  std::uint32_t word(std::uint64_t position, std::uint32_t attempt = 0) noexcept {
    if (attempt != 0) return stream_.word(position, attempt);
    const std::uint64_t group = position / WordStream::group_size;
    if (group != cached_group_) {
      stream_.group(group, words_);
      cached_group_ = group;
    }
    return words_[position % WordStream::group_size];
  }

  /// The first-attempt words from `position` to the end of its group; valid until the next read.
  std::span<const std::uint32_t> rest_of_group(std::uint64_t position) noexcept {
    word(position);
    return std::span<const std::uint32_t>(words_).subspan(
        static_cast<std::size_t>(position % WordStream::group_size));
  }

 private:
  WordStream stream_;
  std::uint64_t cached_group_ = ~std::uint64_t{0};
  std::array<std::uint32_t, WordStream::group_size> words_;
};

/// Calls handle(position, part) for the parts of `values` whose words lie in one group each; the
/// first value belongs to `position`.
template <class Value, class Handle>
void each_group_part(std::uint64_t position, std::span<Value> values, const Handle& handle) {
  while (!values.empty()) {
    const auto in_group = static_cast<std::size_t>(position % WordStream::group_size);
    const std::size_t left = WordStream::group_size - in_group;
    const auto part = values.first(std::min(left, values.size()));
    handle(position, part);
    position += part.size();
    values = values.subspan(part.size());
  }
}

}  // namespace synthgen
