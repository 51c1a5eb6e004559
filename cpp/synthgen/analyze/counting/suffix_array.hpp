#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// The suffixes of a text in lexicographic order, each as the position where it begins; a suffix
/// comes before longer ones that start with it. The text's `symbols`, at most 2^32 − 2 of them, are
/// below `alphabet`. Time and memory are proportional to text and alphabet for any text.
///
/// Induced sorting: Nong, Zhang, Chan, "Linear Suffix Array Construction by Almost Pure
/// Induced-Sorting", DCC 2009.
std::vector<std::uint32_t> suffix_array(std::span<const std::uint32_t> text,
                                        std::uint32_t alphabet);

}  // namespace synthgen
