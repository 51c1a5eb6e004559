#include "synthgen/formats/dataset_card.hpp"

#include "synthgen/config/formatted.hpp"

namespace synthgen {
namespace {

constexpr std::string_view card_start = "---\n# Written by synthgen with --dataset-card.\n";

/// The hub's name of a split.
std::string_view hub_name(Split split) {
  return split == Split::val ? "validation" : name(split);
}

}  // namespace

std::string dataset_card(std::span<const Split> splits, std::string_view file_ending,
                         CardOf files) {
  std::string text(card_start);
  text += "configs:\n  - config_name: default\n    data_files:\n";
  for (const Split split : splits) {
    text += formatted("      - split: {}\n        path: \"{}*{}\"\n", hub_name(split), name(split),
                      file_ending);
  }
  text += "---\n\nSynthetic token sequences with known structure, made by synthgen.";
  if (files == CardOf::generated) {
    text +=
        " metadata.json has the\nconfig, the seed and the checksums, from which `synthgen verify` "
        "makes them again.";
  }
  text += '\n';
  return text;
}

bool is_dataset_card(std::string_view text) noexcept {
  return text.starts_with(card_start);
}

}  // namespace synthgen
