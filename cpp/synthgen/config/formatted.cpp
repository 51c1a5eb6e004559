#define FMT_HEADER_ONLY 1
#define FMT_STATIC_THOUSANDS_SEPARATOR ','  // no locales
#include "synthgen/config/formatted.hpp"

#include <charconv>
#include <fmt/format.h>

namespace synthgen {
namespace {

template <class Number>
void append_decimal(std::string& text, Number number) {
  char digits[24];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
  text.append(digits, end);
}

}  // namespace

void Field::append_to(std::string& text) const {
  switch (kind_) {
    case Kind::text:
      text += text_;
      break;
    case Kind::real:
      text += fmt::to_string(real_);
      break;
    case Kind::character:
      text += character_;
      break;
    case Kind::integer:
      append_decimal(text, static_cast<std::int64_t>(bits_));
      break;
    case Kind::natural:
      append_decimal(text, bits_);
      break;
  }
}

std::string fill_fields(std::string_view format, std::initializer_list<Field> fields) {
  std::string text;
  for (const Field& field : fields) {
    const std::size_t at = format.find("{}");
    text += format.substr(0, at);
    field.append_to(text);
    format.remove_prefix(at + 2);
  }
  return text += format;
}

}  // namespace synthgen
