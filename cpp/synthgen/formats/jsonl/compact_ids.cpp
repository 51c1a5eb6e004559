#include "synthgen/formats/jsonl/compact_ids.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// The lowest byte of a number is the first of 8 characters in memory.
static_assert(std::endian::native == std::endian::little);

namespace synthgen {
namespace {

constexpr std::size_t word_size = sizeof(std::uint64_t);
constexpr std::size_t block_size = 64;

/// Which of 64 characters are digits, zeros among them, and commas, the first in the lowest bit.
struct BlockMask {
  std::uint64_t digits = 0;
  std::uint64_t zeros = 0;
  std::uint64_t commas = 0;
};

constexpr std::uint64_t each_byte(std::uint8_t value) {
  return 0x0101010101010101 * value;
}

/// 8 characters, 0 to 9 where there is a digit.
std::uint64_t digits_at(const char* characters) {
  std::uint64_t word = 0;
  std::memcpy(&word, characters, word_size);
  return word ^ each_byte('0');
}

#ifdef __SSE2__

BlockMask mask_of(const char* block) {
  constexpr std::size_t part_size = sizeof(__m128i);
  const auto bits = [](__m128i bytes) {
    return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(bytes))};
  };
  BlockMask mask;
  for (std::size_t at = 0; at < block_size; at += part_size) {
    __m128i part;
    std::memcpy(&part, block + at, part_size);
    // Digits become the 10 smallest of the signed bytes.
    const __m128i shifted = _mm_sub_epi8(part, _mm_set1_epi8(static_cast<char>('0' + 128)));
    mask.digits |= bits(_mm_cmplt_epi8(shifted, _mm_set1_epi8(-128 + 10))) << at;
    mask.zeros |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8('0'))) << at;
    mask.commas |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8(','))) << at;
  }
  return mask;
}

#else

/// The highest bit of each byte that is above `limit`, below 128.
std::uint64_t above(std::uint64_t bytes, std::uint8_t limit) {
  const auto up_to_128 = static_cast<std::uint8_t>(127 - limit);
  const std::uint64_t sums = (bytes & each_byte(0x7F)) + each_byte(up_to_128);
  return (sums | bytes) & each_byte(0x80);
}

BlockMask mask_of(const char* block) {
  constexpr std::uint64_t collects_bits = 0x0102040810204080;  // one of each byte in the upper byte
  BlockMask mask;
  for (std::size_t at = 0; at < block_size; at += word_size) {
    const std::uint64_t digits = digits_at(block + at);
    const auto bits = [&](std::uint64_t high) { return (high >> 7) * collects_bits >> 56 << at; };
    mask.digits |= bits(above(digits, 9) ^ each_byte(0x80));
    mask.zeros |= bits(above(digits, 0) ^ each_byte(0x80));
    mask.commas |= bits(above(digits ^ each_byte('0' ^ ','), 0) ^ each_byte(0x80));
  }
  return mask;
}

#endif

/// The number of the first `count` digits, 1 to 4: pairs and then the four are joined.
std::uint32_t id_of_few_digits(std::uint32_t digits, std::size_t count) {
  std::uint32_t pairs = digits << (32 - 8 * count);  // zeros in front
  pairs = pairs * 10 + (pairs >> 8);
  return (pairs & 0xFF) * 100 + ((pairs >> 16) & 0xFF);
}

/// The same for 1 to 8 digits.
std::uint32_t id_of_digits(std::uint64_t digits, std::size_t count) {
  constexpr std::uint64_t every_fourth = 0x000000FF000000FF;
  std::uint64_t pairs = digits << (64 - 8 * count);
  pairs = pairs * 10 + (pairs >> 8);
  return static_cast<std::uint32_t>(((pairs & every_fourth) * 0x000F424000000064 +
                                     ((pairs >> 16) & every_fourth) * 0x0000271000000001) >>
                                    32);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether an id of any length may begin with it.
bool is_first_digit(char c) {
  return c >= '1' && c <= '9';
}

/// Reads an id of `count` characters; false where they are none.
bool read_digits(const char* first, std::size_t count, std::uint32_t& id) {
  constexpr std::size_t longest = 10;
  if (count == 0 || count > longest || (*first == '0' && count > 1)) return false;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(first[i])) return false;
    value = 10 * value + static_cast<unsigned>(first[i] - '0');
  }
  id = static_cast<std::uint32_t>(value);
  return value <= UINT32_MAX;
}

/// A list in text, read from the front.
class IdList {
 public:
  IdList(std::string_view text, std::vector<std::uint32_t>& tokens)
      : at_(text.data()), end_(at_ + text.size()), tokens_(tokens) {}

  bool read() {
    if (at_ == end_) return true;
    // A number that begins in a block is loaded as a word that may go beyond it.
    constexpr std::ptrdiff_t loaded = block_size + word_size;
    for (const char* block = at_; end_ - block >= loaded; block += block_size) {
      if (!read_block(block)) return false;
    }
    if (!read_rest()) return false;
    flush();
    return true;
  }

 private:
  static constexpr std::size_t most_in_block = block_size / 2;

  /// Reads the numbers that end in the block; where they end is known beforehand.
  bool read_block(const char* block) {
    const BlockMask mask = mask_of(block);
    const std::uint64_t starts = mask.commas << 1 | (at_ == block ? 1 : 0);
    if ((~(mask.digits | mask.commas | starts)) != 0) return false;
    if (ids_.size() - count_ < most_in_block) flush();
    const bool all_begin_well = (starts & (~mask.digits | mask.zeros)) == 0 && is_first_digit(*at_);
    return all_begin_well ? read_numbers<true>(block, mask.commas)
                          : read_numbers<false>(block, mask.commas);
  }

  /// `all_begin_well`: each number begins with a digit from 1 to 9.
  template <bool all_begin_well>
  bool read_numbers(const char* block, std::uint64_t commas) {
    constexpr std::size_t few = 4;
    std::uint32_t* id = ids_.data() + count_;
    const char* at = at_;
    for (; commas != 0; commas &= commas - 1) {
      const char* const comma = block + std::countr_zero(commas);
      if (!all_begin_well && *at == ' ') ++at;
      const bool begins_well = all_begin_well || is_first_digit(*at);
      const auto digits = static_cast<std::size_t>(comma - at);  // 0 where nothing begins well
      if (begins_well && digits <= few) {
        *id = id_of_few_digits(static_cast<std::uint32_t>(digits_at(at)), digits);
      } else if (begins_well && digits <= word_size) {
        *id = id_of_digits(digits_at(at), digits);
      } else if (!read_digits(at, digits, *id)) {
        return false;
      }
      ++id;
      at = comma + 1;
    }
    at_ = at;
    count_ = static_cast<std::size_t>(id - ids_.data());
    return true;
  }

  bool read_rest() {
    for (;;) {
      if (count_ == ids_.size()) flush();
      if (at_ != end_ && *at_ == ' ') ++at_;
      const char* stop = at_;
      while (stop != end_ && is_digit(*stop)) ++stop;
      if (!read_digits(at_, static_cast<std::size_t>(stop - at_), ids_[count_])) return false;
      ++count_;
      if (stop == end_) return true;
      if (*stop != ',') return false;
      at_ = stop + 1;
    }
  }

  void flush() {
    tokens_.insert(tokens_.end(), ids_.begin(), ids_.begin() + static_cast<std::ptrdiff_t>(count_));
    count_ = 0;
  }

  const char* at_;  ///< where the next number begins, or the space before it
  const char* end_;
  std::array<std::uint32_t, 512> ids_;  ///< read, and not among the tokens yet
  std::size_t count_ = 0;
  std::vector<std::uint32_t>& tokens_;
};

}  // namespace

bool append_compact_ids(std::string_view text, std::vector<std::uint32_t>& tokens) {
  const std::size_t before = tokens.size();
  const bool good = IdList(text, tokens).read();
  if (!good) tokens.resize(before);
  return good;
}

}  // namespace synthgen
