#include "synthgen/io/inflate.hpp"

#include <algorithm>
#include <limits>

namespace synthgen {
namespace {

/// The smallest value of each length or distance symbol, and how many bits are added to it.
struct Range {
  std::uint16_t base;
  std::uint8_t extra_bits;
};

constexpr std::array<Range, 29> length_ranges{
    {{3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
     {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
     {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}}};

constexpr std::array<Range, 30> distance_ranges{
    {{1, 0},     {2, 0},     {3, 0},     {4, 0},      {5, 1},      {7, 1},
     {9, 2},     {13, 2},    {17, 3},    {25, 3},     {33, 4},     {49, 4},
     {65, 5},    {97, 5},    {129, 6},   {193, 6},    {257, 7},    {385, 7},
     {513, 8},   {769, 8},   {1025, 9},  {1537, 9},   {2049, 10},  {3073, 10},
     {4097, 11}, {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}}};

constexpr unsigned end_of_block = 256;

}  // namespace

bool Inflate::fail(std::string_view reason) {
  reason_ = reason;
  state_ = State::failed;
  return false;
}

/// The next bits, the first one lowest; false where the input ends before.
bool Inflate::take_bits(unsigned count, std::uint32_t& value) {
  while (at_.bit_count < count) {
    if (at_.byte == input_.size()) return false;
    at_.bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(input_[at_.byte++]))
                << at_.bit_count;
    at_.bit_count += 8;
  }
  value = at_.bits & ((std::uint32_t{1} << count) - 1);
  at_.bits >>= count;
  at_.bit_count -= count;
  return true;
}

/// The symbol of the next code. False where the input ends before, or after a failure.
bool Inflate::take_symbol(const Code& code, unsigned& symbol) {
  std::uint32_t value = 0;
  std::uint32_t first = 0;
  std::uint32_t index = 0;
  for (unsigned length = 1; length <= longest_code; ++length) {
    std::uint32_t bit = 0;
    if (!take_bits(1, bit)) return false;
    value |= bit;
    const std::uint32_t count = code.counts[length];
    if (value < first + count) {
      symbol = code.symbols[index + (value - first)];
      return true;
    }
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  return fail("invalid code");
}

bool Inflate::build(Code& code, std::span<const std::uint8_t> lengths, bool may_be_incomplete) {
  code = {};
  for (const std::uint8_t length : lengths) ++code.counts[length];
  const std::size_t used = lengths.size() - code.counts[0];
  code.counts[0] = 0;
  int left = 1;
  for (unsigned length = 1; length <= longest_code; ++length) {
    left = 2 * left - code.counts[length];
    if (left < 0) return fail("over-subscribed code lengths");
  }
  // A code of a single symbol, or of none, may be incomplete.
  if (left > 0 && !(may_be_incomplete && used <= 1)) return fail("incomplete code lengths");
  std::array<std::uint16_t, longest_code + 2> next{};
  for (unsigned length = 1; length <= longest_code; ++length) {
    next[length + 1] = static_cast<std::uint16_t>(next[length] + code.counts[length]);
  }
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    if (lengths[symbol] != 0) {
      code.symbols[next[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }
  }
  return true;
}

bool Inflate::begin_stored() {
  std::uint32_t length = 0;
  std::uint32_t complement = 0;
  at_.bits = 0;  // the rest of the byte
  at_.bit_count = 0;
  if (!take_bits(16, length) || !take_bits(16, complement)) return false;
  if (length != (complement ^ 0xFFFFU)) return fail("invalid stored block lengths");
  left_ = length;
  state_ = State::stored;
  return true;
}

/// The codes of a dynamic block: their lengths are themselves compressed.
bool Inflate::read_codes() {
  constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                               11, 4,  12, 3, 13, 2, 14, 1, 15};
  std::uint32_t literals = 0;
  std::uint32_t distances = 0;
  std::uint32_t counted = 0;
  if (!take_bits(5, literals) || !take_bits(5, distances) || !take_bits(4, counted)) return false;
  literals += 257;
  distances += 1;
  if (literals > 286 || distances > distance_ranges.size()) return fail("too many symbols");
  std::array<std::uint8_t, 320> lengths{};
  for (std::uint32_t i = 0; i < counted + 4; ++i) {
    std::uint32_t length = 0;
    if (!take_bits(3, length)) return false;
    lengths[order[i]] = static_cast<std::uint8_t>(length);
  }
  Code code;
  if (!build(code, std::span(lengths).first(order.size()), false)) return false;
  lengths.fill(0);
  for (std::uint32_t at = 0; at < literals + distances;) {
    unsigned symbol = 0;
    if (!take_symbol(code, symbol)) return false;
    if (symbol < 16) {
      lengths[at++] = static_cast<std::uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && at == 0) return fail("no length to repeat");
    std::uint32_t times = 0;
    if (!take_bits(symbol == 16 ? 2 : symbol == 17 ? 3 : 7, times)) return false;
    times += symbol == 18 ? 11 : 3;
    if (at + times > literals + distances) return fail("too many code lengths");
    const std::uint8_t repeated = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
    std::fill_n(lengths.begin() + at, times, repeated);
    at += times;
  }
  if (lengths[end_of_block] == 0) return fail("no code for the end of a block");
  if (!build(literals_, std::span(lengths).first(literals), true) ||
      !build(distances_, std::span(lengths).subspan(literals, distances), true)) {
    return false;
  }
  state_ = State::symbols;
  return true;
}

bool Inflate::begin_block() {
  std::uint32_t last = 0;
  std::uint32_t kind = 0;
  if (!take_bits(1, last) || !take_bits(2, kind)) return false;
  last_block_ = last != 0;
  if (kind == 0) return begin_stored();
  if (kind == 2) return read_codes();
  if (kind == 3) return fail("invalid block type");
  std::array<std::uint8_t, 288> lengths{};
  std::fill(lengths.begin(), lengths.begin() + 144, std::uint8_t{8});
  std::fill(lengths.begin() + 144, lengths.begin() + 256, std::uint8_t{9});
  std::fill(lengths.begin() + 256, lengths.begin() + 280, std::uint8_t{7});
  std::fill(lengths.begin() + 280, lengths.end(), std::uint8_t{8});
  std::array<std::uint8_t, 32> flat{};
  flat.fill(5);
  state_ = State::symbols;
  return build(literals_, lengths, false) && build(distances_, flat, false);
}

void Inflate::emit(char byte, std::span<char> out, std::size_t& done) {
  out[done++] = byte;
  window_[written_++ % window_size] = byte;
}

bool Inflate::next_symbol(std::span<char> out, std::size_t& done) {
  unsigned symbol = 0;
  if (!take_symbol(literals_, symbol)) return false;
  if (symbol < end_of_block) {
    emit(static_cast<char>(symbol), out, done);
    return true;
  }
  if (symbol == end_of_block) {
    state_ = last_block_ ? State::ended : State::block;
    return true;
  }
  symbol -= end_of_block + 1;
  if (symbol >= length_ranges.size()) return fail("invalid length");
  std::uint32_t extra = 0;
  if (!take_bits(length_ranges[symbol].extra_bits, extra)) return false;
  const std::uint32_t length = length_ranges[symbol].base + extra;
  if (!take_symbol(distances_, symbol)) return false;
  if (symbol >= distance_ranges.size()) return fail("invalid distance");
  if (!take_bits(distance_ranges[symbol].extra_bits, extra)) return false;
  distance_ = distance_ranges[symbol].base + extra;
  if (distance_ > written_) return fail("a distance beyond the beginning");
  left_ = length;
  state_ = State::copying;
  return true;
}

std::size_t Inflate::read(std::span<char> out) {
  std::size_t done = 0;
  bool more = true;
  while (more && done < out.size() && state_ != State::ended && state_ != State::failed) {
    const Place before = at_;
    switch (state_) {
      case State::block:
        more = begin_block();
        break;
      case State::symbols:
        more = next_symbol(out, done);
        break;
      case State::stored:
        if (left_ == 0) {
          state_ = last_block_ ? State::ended : State::block;
        } else if (at_.byte == input_.size()) {
          more = false;
        } else {
          emit(input_[at_.byte++], out, done);
          --left_;
        }
        break;
      default:
        for (; left_ > 0 && done < out.size(); --left_) {
          emit(window_[(written_ - distance_) % window_size], out, done);
        }
        if (left_ == 0) state_ = State::symbols;
    }
    if (!more && state_ != State::failed) {  // the input ends here: begin again with more of it
      at_ = before;
      if (state_ != State::symbols && state_ != State::stored) state_ = State::block;
    }
  }
  // A stored block may end exactly where `out` does.
  if (state_ == State::stored && left_ == 0) state_ = last_block_ ? State::ended : State::block;
  input_.erase(0, at_.byte);
  at_.byte = 0;
  return done;
}

std::string Inflate::rest() const {
  // Whole bytes among the bits that were taken ahead: none, as bits are taken a byte at a time.
  return input_;
}

}  // namespace synthgen
