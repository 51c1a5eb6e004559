#pragma once

#include "synthgen/generate/source.hpp"

#include <span>
#include <string_view>

namespace synthgen {

/// Every family that is made by name, in the order in which forms and help show them.
std::span<const FamilyEntry* const> families();

/// The family with that name, custom generators' included, or null.
const FamilyEntry* find_family(std::string_view name);

/// Which family a config means: its `generator` when it names one; else mixture, template or custom
/// where `components`, `templates` or `custom_params` were given; else the one family whose own
/// keys were given, composed for those of several, `random` for none.
const FamilyEntry& family_of(const Config& config);

}  // namespace synthgen
