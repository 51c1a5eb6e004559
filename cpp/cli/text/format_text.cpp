#define FMT_HEADER_ONLY 1
#define FMT_STATIC_THOUSANDS_SEPARATOR ','  // no locales
#include "cli/text/format_text.hpp"

#include <fmt/format.h>

namespace synthgen::cli {

std::string format_arguments(fmt::string_view format, fmt::format_args arguments) {
  return fmt::vformat(format, arguments);
}

}  // namespace synthgen::cli
