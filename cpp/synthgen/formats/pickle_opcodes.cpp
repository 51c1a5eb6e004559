#include "synthgen/formats/pickle_opcodes.hpp"

#include <algorithm>

namespace synthgen {
namespace {

using namespace std::string_view_literals;

constexpr char stop_opcode = '.';

/// The argument of an opcode: a fixed number of bytes, a length in that number of bytes and then
/// the bytes that it counts, or one or two lines.
struct Argument {
  std::size_t bytes = 0;
  bool is_length = false;
  unsigned lines = 0;
};

bool argument_of(char opcode, Argument& argument) {
  const auto among = [&](std::string_view opcodes) { return opcodes.find(opcode) != opcodes.npos; };
  if (among("(.012NQR])}abdelostu\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98"sv)) {
    argument = {};
  } else if (among("Khq\x80\x82"sv)) {
    argument = {.bytes = 1};
  } else if (among("M\x83"sv)) {
    argument = {.bytes = 2};
  } else if (among("Jjr\x84"sv)) {
    argument = {.bytes = 4};
  } else if (among("G\x95"sv)) {
    argument = {.bytes = 8};
  } else if (among("UC\x8a\x8c"sv)) {
    argument = {.bytes = 1, .is_length = true};
  } else if (among("TXB\x8b"sv)) {
    argument = {.bytes = 4, .is_length = true};
  } else if (among("\x8d\x8e\x96"sv)) {
    argument = {.bytes = 8, .is_length = true};
  } else if (among("FILPSVgp"sv)) {
    argument = {.lines = 1};
  } else if (among("ci"sv)) {
    argument = {.lines = 2};
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool is_pickle(std::string_view start, std::uint64_t size) noexcept {
  constexpr unsigned enough_opcodes = 24;
  if (start.size() < 4 || start[0] != '\x80' || start[1] < 2 || start[1] > 5) return false;
  std::size_t at = 2;
  for (unsigned opcodes = 0; opcodes < enough_opcodes; ++opcodes) {
    if (at >= start.size()) return start.size() < size;  // as far as it reaches
    const char opcode = start[at++];
    // torch.save wrote several pickles, one after another, before PyTorch 1.6.
    if (opcode == stop_opcode) return at == size || (at < start.size() && start[at] == '\x80');
    Argument argument;
    if (!argument_of(opcode, argument)) return false;
    std::uint64_t length = argument.bytes;
    if (argument.is_length) {
      for (std::size_t i = 0; i < argument.bytes && at + i < start.size(); ++i) {
        length += static_cast<std::uint64_t>(static_cast<unsigned char>(start[at + i])) << 8 * i;
      }
    }
    for (unsigned line = 0; line < argument.lines; ++line) {
      const std::size_t end = start.find(
          '\n', static_cast<std::size_t>(std::min<std::uint64_t>(at + length, start.size())));
      if (end == start.npos) return start.size() < size && opcodes > 2;
      length = end + 1 - at;
    }
    if (length > size - at) return false;
    at += static_cast<std::size_t>(length);
  }
  return true;
}

}  // namespace synthgen
