#pragma once

#include <string>
#include <vector>

#include "described_program.hpp"

namespace synthgen::cli {

/// The name of a command's manual page: "synthgen-generate"; "synthgen" for the program itself.
std::string manual_name(const DescribedCommand& command);

/// A manual page of section 1 in roff. `commands` are those of `described`, `command` is one of
/// them.
std::string manual_page(const DescribedCommand& command,
                        const std::vector<DescribedCommand>& commands);

}  // namespace synthgen::cli
