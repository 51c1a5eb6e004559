#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/line_source.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace synthgen {

/// The text of an empty field in a table of one column, where no text at all would be a blank line.
inline constexpr std::string_view empty_field = "\"\"";

/// Reads a table of ids; faults call the lines' file `name`.
std::unique_ptr<SequenceReader> read_csv(std::unique_ptr<LineSource> lines, std::string name);

}  // namespace synthgen
