// Formatting without widths and precisions: what the module in a page needs, in a few hundred bytes
// where the whole library takes tens of thousands. `formatted` says when it is used.

#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace synthgen {

/// A format string whose fields are all `{}`, one for each argument; others do not compile.
template <class... Arguments>
struct PlainFormat {
  std::string_view text;

  template <std::convertible_to<std::string_view> Text>
  consteval PlainFormat(const Text& format) : text(format) {
    std::size_t fields = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '{' && text[i] != '}') continue;
      if (text[i] != '{' || i + 1 == text.size() || text[++i] != '}') throw "a field is {}";
      ++fields;
    }
    if (fields != sizeof...(Arguments)) throw "as many fields as arguments";
  }
};

/// An argument of a format string, as long as the full expression lasts.
class Field {
 public:
  explicit Field(std::string_view text) : kind_(Kind::text), text_(text) {}
  explicit Field(double number) : kind_(Kind::real), real_(number) {}
  explicit Field(char character) : kind_(Kind::character), character_(character) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) explicit Field(Number number)
      : kind_(std::signed_integral<Number> ? Kind::integer : Kind::natural),
        bits_(static_cast<std::uint64_t>(number)) {}

  void append_to(std::string& text) const;

 private:
  enum class Kind : std::uint8_t { text, real, character, integer, natural };

  Kind kind_;
  union {
    std::string_view text_;
    double real_;
    char character_;
    std::uint64_t bits_;
  };
};

/// The text with each `{}` replaced by its field.
std::string fill_fields(std::string_view format, std::initializer_list<Field> fields);

}  // namespace synthgen
