#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace synthgen::cli {

/// The bytes that a text such as 64MiB means: a whole number, and B (or nothing), KiB, MiB, GiB or
/// TiB behind it. None for everything else, and from 2^63 up.
std::optional<std::uint64_t> byte_size(std::string_view text);

}  // namespace synthgen::cli
