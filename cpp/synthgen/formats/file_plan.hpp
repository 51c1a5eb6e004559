#pragma once

#include "synthgen/formats/format.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// What the config of a split says of a file with some of its sequences.
FilePlan plan_of(const Generator& generator, Split split, std::string stem,
                 std::uint64_t sequences);

}  // namespace synthgen
