#pragma once

#include "synthgen/config/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// The name of standard input among the files that a command reads.
inline constexpr std::string_view standard_input = "-";

/// An input's name in messages: its path, or "standard input".
std::string input_name(const std::string& path);

/// Opens a file, a device, a pipe or standard input for reading, without waiting for the writer of
/// a named pipe. -1, with errno, if the system refuses.
int open_input(const std::string& path) noexcept;

/// Reads some bytes, at least one unless the input has ended, and waits for them if it must. Fails
/// (io) if the system refuses, (cancelled) if a stop is requested while it waits; `name` is for the
/// message.
Result<std::size_t> read_input(int descriptor, std::span<char> bytes, std::string_view name);

}  // namespace synthgen
