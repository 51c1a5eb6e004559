#pragma once

#include "synthgen/dataset/fault.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace synthgen {

/// Appends the token ids of one line to `tokens`: an object with `input_ids` or `tokens`, or a bare
/// array. `padding` gets the object's `padding`, the number of tokens at the end that are padding,
/// or 0. Other members are skipped. Returns the fault otherwise (without file and line), `tokens`
/// being as before.
std::optional<Fault> parse_jsonl_line(std::string_view line, std::vector<std::uint32_t>& tokens,
                                      std::uint64_t& padding);

}  // namespace synthgen
