#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthgen::cli {

/// The bytes that a text such as 65536, 64M, 64MB or 64MiB means: a whole number with an optional
/// unit in any case, all of them powers of 1024. None for anything else, and from 2^63 up.
std::optional<std::uint64_t> byte_size(std::string_view text);

/// The shortest such text: "64MiB".
std::string byte_size_text(std::uint64_t bytes);

}  // namespace synthgen::cli
