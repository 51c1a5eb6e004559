#include "synthgen/formats/tables/streams/meta_pickle.hpp"

#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <string_view>

namespace synthgen {
namespace {

void append_meta_text(std::string_view text, std::string& bytes) {
  bytes += 'X';
  append_number(static_cast<std::uint32_t>(text.size()), bytes);
  bytes += text;
}

void append_meta_id(std::uint64_t id, std::string& bytes) {
  bytes += 'J';
  append_number(static_cast<std::uint32_t>(id), bytes);
}

}  // namespace

std::string meta_pickle(std::uint64_t vocab_size) {
  std::string bytes("\x80\x02}(");
  append_meta_text("vocab_size", bytes);
  bytes += "\x8a\x05";  // an integer of five bytes: any vocabulary, and its sign
  std::string number;
  append_number(vocab_size, number);
  bytes += number.substr(0, 5);
  if (vocab_size > 0 && vocab_size <= most_meta_texts) {
    append_meta_text("itos", bytes);
    bytes += "}(";
    for (std::uint64_t id = 0; id < vocab_size; ++id) {
      append_meta_id(id, bytes);
      append_meta_text(std::to_string(id) + ' ', bytes);
    }
    bytes += 'u';
    append_meta_text("stoi", bytes);
    bytes += "}(";
    append_meta_text("\n", bytes);
    append_meta_id(0, bytes);
    constexpr std::uint64_t digits = 10;
    for (std::uint64_t id = 0; id < std::min(digits, vocab_size); ++id) {
      append_meta_text(std::to_string(id), bytes);
      append_meta_id(id, bytes);
    }
    for (std::uint64_t id = 0; id < vocab_size; ++id) {
      append_meta_text(std::to_string(id) + ' ', bytes);
      append_meta_id(id, bytes);
    }
    bytes += 'u';
  }
  return bytes + "u.";
}

}  // namespace synthgen
