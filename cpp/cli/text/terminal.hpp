#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::cli {

enum class Stream { output, error };

/// Whether the stream is a terminal.
bool is_terminal(Stream stream) noexcept;

/// Columns of the stream's terminal; 80 if it is not a terminal.
std::size_t terminal_width(Stream stream) noexcept;

/// Columns that a UTF-8 text without wide characters takes.
std::size_t columns(std::string_view text) noexcept;

/// The text with control characters, which could steer a terminal, as escapes: `\x1b`. Line ends
/// and tabs stay.
std::string printable(std::string_view text);

/// The text split at spaces into lines of at most `width` columns; longer words stay whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace synthgen::cli
