#pragma once

#include "synthgen/formats/format_options.hpp"
#include "synthgen/formats/read_hints.hpp"

#include "arguments.hpp"

namespace synthgen::cli {

/// The flags for the format of files: --format, --dtype, --compress, --separator,
/// --separator-first, --trainer-columns.
void add_format_options(Arguments& arguments, FormatOptions& format);

/// The flag for a card next to a dataset's files: --dataset-card.
void add_dataset_card(Arguments& arguments, FormatOptions& format);

/// Fails (usage) if a card in the directory would replace a README.md that is none.
Result<void> check_dataset_card(const std::string& directory);

/// The flag for the longest line of an input: --max-line.
void add_max_line(Arguments& arguments, std::uint64_t& max_line);

/// The flags for what files do not say themselves: --input-dtype, --input-seq-length,
/// --input-separator, --input-separator-first, --tensor.
void add_read_hints(Arguments& arguments, ReadHints& hints);

/// An error of the core with its problems' keys as flags.
Error with_flag_names(const Error& error);

}  // namespace synthgen::cli
