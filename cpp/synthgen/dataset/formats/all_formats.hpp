#pragma once

#include "synthgen/dataset/formats/format.hpp"

namespace synthgen {

// Each is defined in the file of its name.
extern const FormatEntry jsonl_format;

}  // namespace synthgen
