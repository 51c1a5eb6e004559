#pragma once

#include "synthgen/config/json.hpp"

#include <cstddef>
#include <string>

namespace synthgen::cli {

/// What shortcuts reach as a table, with the floor, and a sentence on each that finds something.
std::string audit_text(const Json& report, std::size_t width);

}  // namespace synthgen::cli
