#include "quantity.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include "cli/text/format_text.hpp"

namespace synthgen::cli {

std::string quantity(double value, std::string_view unit) {
  constexpr std::array<std::string_view, 6> prefixes{"", "k", "M", "G", "T", "P"};
  std::size_t prefix = 0;
  while (value >= 999.5 && prefix + 1 < prefixes.size()) {
    value /= 1000;
    ++prefix;
  }
  // "MB", but "M tokens".
  const std::string_view gap = unit.size() > 3 && prefix > 0 ? " " : "";
  const int digits = prefix == 0 || value >= 99.95 ? 0 : 1;
  return format_text("{:.{}f} {}{}{}", value, digits, prefixes[prefix], gap, unit);
}

std::string duration(double seconds) {
  if (seconds < 9.995) return format_text("{:.2f} s", seconds);
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 3600) return format_text("{}:{:02}", whole / 60, whole % 60);
  return format_text("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace synthgen::cli
