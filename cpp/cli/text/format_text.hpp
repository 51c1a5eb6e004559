#pragma once

#include <fmt/core.h>
#include <string>

namespace synthgen::cli {

/// `format_text` after its templates, so that one file alone compiles the formatting library.
std::string format_arguments(fmt::string_view format, fmt::format_args arguments);

/// Text from a format string with widths and precisions, checked at compile time:
/// format_text("{:.1f} s", seconds).
template <class... Arguments>
std::string format_text(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return format_arguments(format, fmt::make_format_args(arguments...));
}

}  // namespace synthgen::cli
