// The text of JSON values, byte for byte as the JSON library prints it. The library's own printer
// brings the C library's along, which is more code than a page's module has room for.

#include "synthgen/config/json.hpp"

#include <charconv>
#include <cmath>

namespace synthgen {
namespace {

/// What a text begins with: a whole UTF-8 character, or bytes that begin none.
struct Character {
  std::size_t bytes;
  bool valid;
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {1, true};
  if (first < 0xC2 || first > 0xF4) return {1, false};
  const std::size_t bytes = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  // The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF.
  const unsigned lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < bytes; ++i) {
    if (i == text.size()) return {i, false};
    const bool fits = i == 1 ? byte(i) >= lowest && byte(i) <= highest : (byte(i) & 0xC0U) == 0x80;
    if (!fits) return {i, false};
  }
  return {bytes, true};
}

class Printer {
 public:
  /// `indent` is the spaces a level; negative: all on one line.
  Printer(std::string& text, int indent) : text_(text), indent_(indent) {}

  void print(const Json& value) {
    switch (value.type()) {
      case Json::value_t::boolean:
        text_ += value.get<bool>() ? "true" : "false";
        break;
      case Json::value_t::number_integer:
        number(value.get<std::int64_t>());
        break;
      case Json::value_t::number_unsigned:
        number(value.get<std::uint64_t>());
        break;
      case Json::value_t::number_float:
        real(value.get<double>());
        break;
      case Json::value_t::string:
        string(value.get_ref<const std::string&>());
        break;
      case Json::value_t::array:
        entries(value, '[', ']', [&](const auto& entry) { print(*entry); });
        break;
      case Json::value_t::object:
        entries(value, '{', '}', [&](const auto& entry) {
          string(entry.key());
          text_ += indent_ < 0 ? ":" : ": ";
          print(*entry);
        });
        break;
      default:
        text_ += "null";
    }
  }

 private:
  template <class Number>
  void number(Number value) {
    char digits[24];
    text_.append(std::begin(digits),
                 std::to_chars(std::begin(digits), std::end(digits), value).ptr);
  }

  void real(double value) {
    char digits[64];
    if (std::isfinite(value)) {
      text_.append(std::begin(digits),
                   nlohmann::detail::to_chars(std::begin(digits), std::end(digits), value));
    } else {
      text_ += "null";
    }
  }

  void string(std::string_view value) {
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    text_ += '"';
    while (!value.empty()) {
      const Character character = first_character(value);
      const auto byte = static_cast<unsigned char>(value[0]);
      if (const std::size_t which = special.find(value[0]); which != special.npos) {
        text_ += '\\';
        text_ += letters[which];
      } else if (byte < 0x20) {
        text_ += "\\u00";
        text_ += hex[byte / 16];
        text_ += hex[byte % 16];
      } else {
        text_ += character.valid ? value.substr(0, character.bytes) : replacement;
      }
      value.remove_prefix(character.bytes);
    }
    text_ += '"';
  }

  template <class PrintEntry>
  void entries(const Json& value, char open, char close, const PrintEntry& print_entry) {
    text_ += open;
    ++level_;
    for (auto entry = value.begin(); entry != value.end(); ++entry) {
      if (entry != value.begin()) text_ += ',';
      new_line();
      print_entry(entry);
    }
    --level_;
    if (!value.empty()) new_line();
    text_ += close;
  }

  void new_line() {
    if (indent_ < 0) return;
    text_ += '\n';
    text_.append(static_cast<std::size_t>(indent_) * level_, ' ');
  }

  std::string& text_;
  int indent_;
  std::size_t level_ = 0;
};

}  // namespace

std::string to_text(const Json& value, int indent) {
  std::string text;
  Printer(text, indent).print(value);
  return text;
}

}  // namespace synthgen
