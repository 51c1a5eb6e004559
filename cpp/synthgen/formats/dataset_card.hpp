#pragma once

#include "synthgen/config/config.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

inline constexpr std::string_view dataset_card_name = "README.md";

/// How the files of a card came about; converted ones have no manifest.
enum class CardOf : std::uint8_t { generated, converted };

/// The card of a dataset in the way that Hugging Face's hub and `load_dataset`
/// read it: which files, whose names end like this, are which split. Without
/// it, metadata.json would be taken for data.
std::string dataset_card(std::span<const Split> splits, std::string_view file_ending,
                         CardOf files = CardOf::generated);

/// Whether a text is such a card, which may be replaced.
bool is_dataset_card(std::string_view text) noexcept;

}  // namespace synthgen
