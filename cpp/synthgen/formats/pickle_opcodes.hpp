#pragma once

#include <cstdint>
#include <string_view>

namespace synthgen {

/// Whether a file of `size` bytes that begins like this is one of Python's pickles, protocol 2 to
/// 5: its opcodes follow one another to its end, or as far as the start reaches. Runs nothing.
bool is_pickle(std::string_view start, std::uint64_t size) noexcept;

}  // namespace synthgen
