#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace synthgen {

/// Appends the numbers in decimal with commas between them: by table, four digits at a time.
void append_decimal(std::span<const std::uint32_t> numbers, std::string& text);

}  // namespace synthgen
