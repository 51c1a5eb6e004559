#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// The suffixes of a text in lexicographic order, each as the position where it begins; a suffix
/// that another one continues stands before it. `symbols` of the text lie below `alphabet`; at most
/// 2^32 − 2 of them. Time and memory grow in proportion to text and alphabet, whatever the text.
///
/// By induced sorting: Nong, Zhang, Chan, "Linear Suffix Array Construction by Almost Pure
/// Induced-Sorting", DCC 2009.
std::vector<std::uint32_t> suffix_array(std::span<const std::uint32_t> text,
                                        std::uint32_t alphabet);

}  // namespace synthgen
