#pragma once

#include <fmt/core.h>
#include <string>
#include <string_view>

namespace synthgen {

/// `formatted` behind its templates. The formatting library is compiled in this function's file
/// alone: header-only, it would be half of every other file's compile time.
std::string format_arguments(fmt::string_view format, fmt::format_args arguments);

/// Text from a format string, checked at compile time: formatted("{}: {:.1f} s", name, seconds).
template <class... Arguments>
std::string formatted(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return format_arguments(format, fmt::make_format_args(arguments...));
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
