#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen::cli {

/// Characters of charts in a line of text.
enum class Blocks {
  unicode,  ///< block elements, from one eighth to the full height
  ascii,
};

/// Unicode if the environment's locale (the first of LC_ALL, LC_CTYPE and LANG that is set) is
/// UTF-8, else ASCII.
Blocks blocks_of_locale();

/// One character for each height: a space for 0, the smallest block for what is just above it, the
/// full block for the largest. Heights are not negative.
std::string inline_histogram(const std::vector<double>& heights, Blocks blocks);

}  // namespace synthgen::cli
