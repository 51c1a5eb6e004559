#include "inline_histogram.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace synthgen::cli {
namespace {

using Levels = std::array<std::string_view, 9>;
constexpr Levels unicode_levels{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr Levels ascii_levels{" ", ".", ":", "-", "=", "+", "*", "%", "#"};

}  // namespace

Blocks blocks_of_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale;
    for (const char c : std::string_view(value)) {
      if (c != '-') locale += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return locale.find("utf8") == locale.npos ? Blocks::ascii : Blocks::unicode;
  }
  return Blocks::ascii;
}

std::string inline_histogram(const std::vector<double>& heights, Blocks blocks) {
  const Levels& levels = blocks == Blocks::unicode ? unicode_levels : ascii_levels;
  const double largest = heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
  constexpr double steps = 8;
  std::string text;
  for (const double height : heights) {
    const double level = height > 0 ? std::ceil(height / largest * steps) : 0;
    text += levels[static_cast<std::size_t>(level)];
  }
  return text;
}

}  // namespace synthgen::cli
