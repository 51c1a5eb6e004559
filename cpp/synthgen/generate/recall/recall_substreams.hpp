#pragma once

#include "synthgen/random/stream.hpp"

namespace synthgen::recall_substreams {

// The streams of words that a sequence of recall draws from, by what they decide.

inline constexpr Substream key{16};
inline constexpr Substream value{17};

inline constexpr Substream mqar_slot{18};
inline constexpr Substream mqar_shuffle{19};
inline constexpr Substream mqar_second_key{20};
inline constexpr Substream mqar_combination{21};
inline constexpr Substream mqar_update{22};

inline constexpr Substream mad_spared{18};
inline constexpr Substream mad_noise{19};

inline constexpr Substream fuzzy_size{18};
inline constexpr Substream fuzzy_place{19};

}  // namespace synthgen::recall_substreams
