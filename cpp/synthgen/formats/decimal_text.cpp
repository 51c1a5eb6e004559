#include "synthgen/formats/decimal_text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace synthgen {
namespace {

// The first character of a text is the lowest byte of the number that holds it.
static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t four_digits = 10'000;
constexpr unsigned length_shift = 56;
constexpr std::size_t longest_number = 11;  // ten digits and a comma

struct DecimalTexts {
  using Texts = std::array<std::uint64_t, four_digits>;
  Texts plain;   ///< one to four digits and a comma, and their count in the last byte
  Texts padded;  ///< the same with zeros ahead, so that there are four digits

  DecimalTexts() noexcept {
    for (std::uint32_t number = 0; number < four_digits; ++number) {
      const std::uint32_t digits[] = {number / 1000, number / 100 % 10, number / 10 % 10,
                                      number % 10};
      const auto text = [&](unsigned first) {
        const unsigned size = 4 - first;
        std::uint64_t bytes = std::uint64_t{size + 1} << length_shift | std::uint64_t{','}
                                                                            << (8 * size);
        for (unsigned i = 0; i < size; ++i) {
          bytes |= std::uint64_t{'0' + digits[first + i]} << (8 * i);
        }
        return bytes;
      };
      plain[number] = text(number < 10 ? 3 : number < 100 ? 2 : number < 1000 ? 1 : 0);
      padded[number] = text(0);
    }
  }
};

const DecimalTexts& decimal_texts() noexcept {
  static const DecimalTexts texts;
  return texts;
}

/// Writes eight characters, the text and what the next one replaces; returns where the next text
/// goes.
char* put(std::uint64_t text, char* out) noexcept {
  std::memcpy(out, &text, sizeof text);
  return out + (text >> length_shift);
}

char* put_number(const DecimalTexts& texts, std::uint32_t number, char* out) noexcept {
  if (number < four_digits) return put(texts.plain[number], out);
  char* const comma = put_number(texts, number / four_digits, out) - 1;
  return put(texts.padded[number % four_digits], comma);
}

}  // namespace

void append_decimal(std::span<const std::uint32_t> numbers, std::string& text) {
  if (numbers.empty()) return;
  const DecimalTexts& texts = decimal_texts();
  // In pieces that stay in the fastest cache until they are appended.
  constexpr std::size_t most_in_piece = 512;
  std::array<char, most_in_piece * longest_number + sizeof(std::uint64_t)> piece;
  while (!numbers.empty()) {
    const auto some = numbers.first(std::min(numbers.size(), most_in_piece));
    char* out = piece.data();
    for (const std::uint32_t number : some) {
      out = number < four_digits ? put(texts.plain[number], out) : put_number(texts, number, out);
    }
    text.append(piece.data(), out);
    numbers = numbers.subspan(some.size());
  }
  text.pop_back();
}

}  // namespace synthgen
