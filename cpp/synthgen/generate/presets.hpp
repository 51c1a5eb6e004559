#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// A named config: the settings of a paper, or an example, and what is known about them.
struct Preset {
  std::string name;
  std::string summary;    ///< one sentence
  Json config;            ///< only what differs from the defaults, and the family
  std::string citation;   ///< where the settings come from
  std::string reference;  ///< what the reference's own code does differently or wrongly
  std::string floor;      ///< what the best possible model pays
  std::string shortcuts;  ///< what a model reaches that does not solve the task
  /// The preset without the reference's defect, or, for that one, the preset with it; empty where
  /// the reference has none.
  std::string counterpart = {};
};

/// Every preset, in the order in which lists show them.
std::span<const Preset> presets();

/// The preset with that name, or null.
const Preset* find_preset(std::string_view name);

/// The parameters of a preset with others on top, which win. Fails (usage) for an unknown name,
/// with the problem of the key `preset`.
Result<Json> with_preset(std::string_view name, const Json& others);

/// {name, summary, config, citation, reference, floor, shortcuts, counterpart} of each preset, for
/// programs.
Json preset_table();

}  // namespace synthgen
