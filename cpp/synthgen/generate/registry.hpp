#pragma once

#include "synthgen/generate/source.hpp"

#include <span>
#include <string_view>

namespace synthgen {

/// Every family, in the order in which forms and help show them.
std::span<const FamilyEntry* const> families();

/// The family with that name, or null.
const FamilyEntry* find_family(std::string_view name);

/// Which family a config means: its `generator` when it names one, else the one whose keys were
/// given (see `FamilyEntry::claim`), `random` for none.
const FamilyEntry& family_of(const Config& config);

/// Whether every family uses a parameter: none lists it as its own.
bool is_common(std::string_view key);

/// Whether a family uses a parameter.
bool uses(const FamilyEntry& family, std::string_view key);

/// The plan for the sequences of a config, by the family that it means. Fails (usage) with every
/// problem beyond those that reading the config finds.
MadeSource make_source(const Config& config);

/// What is wrong with a config for any family.
std::vector<Problem> check_content(const Config& config);

/// {name, summary, example, is_task, untaken} of each family but custom, which programs describe in
/// their own terms.
Json family_table();

/// The parameter table for programs: key, label, type, default, range, choices, unit, group,
/// families, scale and help of each parameter.
Json parameter_table();

}  // namespace synthgen
