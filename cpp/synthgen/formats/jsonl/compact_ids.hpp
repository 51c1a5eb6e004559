#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthgen {

/// Appends ids separated by commas, each comma with at most a space behind it, as our own writer
/// and Python's have them. False, with `tokens` as before, for everything else, good JSON included.
bool append_compact_ids(std::string_view text, std::vector<std::uint32_t>& tokens);

}  // namespace synthgen
