#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::cli {

enum class Stream { output, error };

/// Whether a person reads that stream.
bool is_terminal(Stream stream) noexcept;

/// Columns of the terminal behind that stream; 80 where there is none.
std::size_t terminal_width(Stream stream) noexcept;

/// Columns that a UTF-8 text without wide characters takes.
std::size_t columns(std::string_view text) noexcept;

/// The text cut at spaces into lines of at most `width` columns; longer words stay whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace synthgen::cli
