#pragma once

#include <string_view>

namespace synthgen {

/// The program's version, as in the manifest and `synthgen --version`.
extern const std::string_view program_version;

}  // namespace synthgen
