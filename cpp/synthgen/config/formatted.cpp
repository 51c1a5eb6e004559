#ifndef __EMSCRIPTEN__  // which has plain_format.cpp

#define FMT_HEADER_ONLY 1
#define FMT_STATIC_THOUSANDS_SEPARATOR ','  // no locales
#include "synthgen/config/formatted.hpp"

#include <fmt/format.h>

namespace synthgen {

std::string format_arguments(fmt::string_view format, fmt::format_args arguments) {
  return fmt::vformat(format, arguments);
}

}  // namespace synthgen

#endif
