#pragma once

#include <string>
#include <string_view>

#ifdef __EMSCRIPTEN__
#include "synthgen/config/plain_format.hpp"
#else
#include <fmt/core.h>
#endif

namespace synthgen {

#ifdef __EMSCRIPTEN__

/// Text from a format string, checked at compile time: formatted("{}: {} tokens", name, count). In
/// WebAssembly, where size counts, every field is `{}`; a width or a precision does not compile.
template <class... Arguments>
std::string formatted(PlainFormat<std::type_identity_t<Arguments>...> format,
                      const Arguments&... arguments) {
  return fill_fields(format.text, {Field(arguments)...});
}

#else

/// `formatted` behind its templates. The formatting library is compiled in this function's file
/// alone: header-only, it would be half of every other file's compile time.
std::string format_arguments(fmt::string_view format, fmt::format_args arguments);

/// Text from a format string, checked at compile time: formatted("{}: {:.1f} s", name, seconds).
/// What the core formats has to do with `{}`, see above.
template <class... Arguments>
std::string formatted(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return format_arguments(format, fmt::make_format_args(arguments...));
}

#endif

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
