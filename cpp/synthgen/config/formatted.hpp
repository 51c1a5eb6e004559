// Text from format strings in which every field is `{}`. That takes a few hundred bytes in the
// module of a page, and a fraction of the time to compile, where the whole formatting library would
// take tens of thousands and half of every file's time. The CLI has a formatter with widths of its
// own.

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

/// Text from a format string, checked at compile time: formatted("{}: {} tokens", name, count).
template <class... Arguments>
std::string formatted(PlainFormat<std::type_identity_t<Arguments>...> format,
                      const Arguments&... arguments) {
  return fill_fields(format.text, {Field(arguments)...});
}

/// A number and what it counts, whose plural ends in s: "1 token", "2 tokens".
inline std::string counted(std::uint64_t number, std::string_view what) {
  return std::to_string(number).append(" ").append(what).append(number == 1 ? "" : "s");
}

/// The strings of a range with `separator` between them.
template <class Strings>
std::string joined(const Strings& strings, std::string_view separator) {
  std::string text;
  for (const auto& string : strings) {
    if (!text.empty()) text += separator;
    text += string;
  }
  return text;
}

}  // namespace synthgen
