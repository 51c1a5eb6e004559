#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthgen {

/// Appends ids separated by commas, each followed by at most one space, as this program and Python
/// write them. False, with `tokens` unchanged, for everything else, valid JSON included.
bool append_compact_ids(std::string_view text, std::vector<std::uint32_t>& tokens);

}  // namespace synthgen
