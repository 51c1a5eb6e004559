#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// Decompresses one DEFLATE stream (RFC 1951) piece by piece, for builds without zlib.
class Inflate {
 public:
  /// Takes compressed bytes, which it keeps until they are used.
  void feed(std::span<const char> bytes) { input_.append(bytes.data(), bytes.size()); }

  /// Fills `out` as far as what it was fed reaches; the number of bytes written.
  std::size_t read(std::span<char> out);

  /// Whether the stream has ended. `rest` then gives the bytes that were fed beyond its end.
  bool ended() const noexcept { return state_ == State::ended; }
  std::string rest() const;
  /// Why the stream is damaged; empty while it is not.
  std::string_view reason() const noexcept { return reason_; }

 private:
  enum class State : std::uint8_t { block, stored, symbols, copying, ended, failed };
  static constexpr std::size_t window_size = 1U << 15;
  static constexpr unsigned longest_code = 15;

  /// A canonical Huffman code: how many codes have each length, and the symbols in their order.
  struct Code {
    std::array<std::uint16_t, longest_code + 1> counts{};
    std::array<std::uint16_t, 288> symbols{};
  };
  /// A place in the input to return to when it ends within something.
  struct Place {
    std::size_t byte = 0;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
  };

  bool fail(std::string_view reason);
  bool take_bits(unsigned count, std::uint32_t& value);
  bool take_symbol(const Code& code, unsigned& symbol);
  bool build(Code& code, std::span<const std::uint8_t> lengths, bool may_be_incomplete);
  bool begin_block();
  bool begin_stored();
  bool read_codes();
  bool next_symbol(std::span<char> out, std::size_t& done);
  void emit(char byte, std::span<char> out, std::size_t& done);

  State state_ = State::block;
  std::string_view reason_;
  std::string input_;
  Place at_;
  bool last_block_ = false;
  std::uint32_t left_ = 0;      ///< bytes of a stored block or of a copy
  std::uint32_t distance_ = 0;  ///< of the copy
  Code literals_;
  Code distances_;
  std::array<char, window_size> window_{};
  std::uint64_t written_ = 0;
};

}  // namespace synthgen
