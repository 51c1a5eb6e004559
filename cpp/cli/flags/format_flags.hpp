#pragma once

#include "synthgen/formats/format_options.hpp"

#include "arguments.hpp"

namespace synthgen::cli {

/// The flags for the format of files: --format, --dtype, --compress, --separator.
void add_format_options(Arguments& arguments, FormatOptions& format);

/// An error of the core with its problems' keys as flags.
Error with_flag_names(const Error& error);

}  // namespace synthgen::cli
