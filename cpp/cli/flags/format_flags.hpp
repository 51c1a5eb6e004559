#pragma once

#include "synthgen/formats/format_options.hpp"

#include "arguments.hpp"

namespace synthgen::cli {

/// The flags for the format of files: --format, --dtype, --compress, --separator.
void add_format_options(Arguments& arguments, FormatOptions& format);

/// The flag for the longest line of an input: --max-line.
void add_max_line(Arguments& arguments, std::uint64_t& max_line);

/// An error of the core with its problems' keys as flags.
Error with_flag_names(const Error& error);

}  // namespace synthgen::cli
