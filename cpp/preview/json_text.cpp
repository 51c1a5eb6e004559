// The text of values in messages, as config/json_text.cpp has it by the JSON library's own printer,
// which takes the C library's along.

#include "synthgen/config/json.hpp"

#include <charconv>
#include <cmath>

namespace synthgen {
namespace {

/// Bytes of the UTF-8 character that the text begins with; 0 where it is none, as where one is cut.
std::size_t character_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t bytes = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || bytes > text.size()) return 0;
  for (const char next : text.substr(1, bytes - 1)) {
    if ((static_cast<unsigned char>(next) & 0xC0U) != 0x80) return 0;
  }
  return bytes;
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view special = "\"\\\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\bfnrt";
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  out += '"';
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    const auto byte = static_cast<unsigned char>(text[0]);
    if (const std::size_t which = special.find(text[0]); which != special.npos) {
      out += '\\';
      out += letters[which];
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte / 16];
      out += hex[byte % 16];
    } else {
      out += bytes == 0 ? replacement : text.substr(0, bytes);
    }
    // A character that is cut is the end of a text.
    text.remove_prefix(bytes == 0 ? text.size() : bytes);
  }
  out += '"';
}

template <class Number>
void append_number(std::string& out, Number number) {
  char digits[64];
  out.append(std::begin(digits), std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

void append_number(std::string& out, double number) {
  char digits[64];
  if (std::isfinite(number)) {
    out.append(std::begin(digits),
               nlohmann::detail::to_chars(std::begin(digits), std::end(digits), number));
  } else {
    out += "null";
  }
}

void append_text(std::string& out, const Json& value) {
  const auto each = [&](char open, char close, const auto& append_entry) {
    out += open;
    for (auto entry = value.begin(); entry != value.end(); ++entry) {
      if (entry != value.begin()) out += ',';
      append_entry(entry);
    }
    out += close;
  };
  switch (value.type()) {
    case Json::value_t::boolean:
      out += value == true ? "true" : "false";
      break;
    case Json::value_t::number_integer:
      append_number(out, value.get<std::int64_t>());
      break;
    case Json::value_t::number_unsigned:
      append_number(out, value.get<std::uint64_t>());
      break;
    case Json::value_t::number_float:
      append_number(out, value.get<double>());
      break;
    case Json::value_t::string:
      append_string(out, value.get_ref<const std::string&>());
      break;
    case Json::value_t::array:
      each('[', ']', [&](const auto& entry) { append_text(out, *entry); });
      break;
    case Json::value_t::object:
      each('{', '}', [&](const auto& entry) {
        append_string(out, entry.key());
        out += ':';
        append_text(out, *entry);
      });
      break;
    default:
      out += "null";
  }
}

}  // namespace

std::string to_text(const Json& value, int /*indent*/) {
  std::string text;
  append_text(text, value);
  return text;
}

}  // namespace synthgen
