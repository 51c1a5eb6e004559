#include "synthgen/config/formatted.hpp"

#include "synthgen/config/json.hpp"

#include <charconv>
#include <cmath>

namespace synthgen {
namespace {

template <class Number>
void append_whole(std::string& text, Number number) {
  char digits[24];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
  text.append(digits, end);
}

/// As JSON has it, so that one printer of numbers is enough; whole numbers have no `.0`.
void append_real(std::string& text, double number) {
  constexpr double longest_whole = 1e16;
  if (std::fabs(number) < longest_whole && number == std::trunc(number) && !std::signbit(number)) {
    append_whole(text, static_cast<std::int64_t>(number));
    return;
  }
  if (!std::isfinite(number)) {
    text += std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf";
    return;
  }
  char digits[64];
  std::string_view decimal(
      digits,
      static_cast<std::size_t>(
          nlohmann::detail::to_chars(std::begin(digits), std::end(digits), number) - digits));
  if (decimal.ends_with(".0")) decimal.remove_suffix(2);
  text += decimal;
}

}  // namespace

void Field::append_to(std::string& text) const {
  switch (kind_) {
    case Kind::text:
      text += text_;
      break;
    case Kind::real:
      append_real(text, real_);
      break;
    case Kind::character:
      text += character_;
      break;
    case Kind::integer:
      append_whole(text, static_cast<std::int64_t>(bits_));
      break;
    case Kind::natural:
      append_whole(text, bits_);
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
