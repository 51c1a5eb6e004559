#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen::cli {

/// The characters that small charts inside a line are made of.
enum class Blocks {
  unicode,  ///< block elements, from one eighth to the full height
  ascii,
};

/// Unicode where the locale of the environment (LC_ALL, LC_CTYPE or LANG, the first that is set) is
/// UTF-8, ASCII elsewhere.
Blocks blocks_of_locale();

/// One character for each height: a space for 0, the smallest block for what is just above it, the
/// full block for the largest. Heights are not negative.
std::string inline_histogram(const std::vector<double>& heights, Blocks blocks);

}  // namespace synthgen::cli
