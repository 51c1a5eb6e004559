#pragma once

#include <cstdint>
#include <string>

namespace synthgen {

/// Up to so many ids have texts in meta.pkl: all that nanoGPT's uint16 can hold.
inline constexpr std::uint64_t most_meta_texts = 1 << 16;

/// nanoGPT's meta.pkl, a pickle of {"vocab_size": n, "itos": {0: "0 ", …}, "stoi": {"0 ": 0, …}}:
/// training takes the size, and sampling joins the texts of ids and looks its prompt up character
/// by character. So stoi has the digits of single-digit ids, and gives id 0 for the line break that
/// is the default prompt. Of a larger vocabulary only the size is written.
std::string meta_pickle(std::uint64_t vocab_size);

}  // namespace synthgen
