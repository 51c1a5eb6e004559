#include "synthgen/generate/registry.hpp"

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/families.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array registry{
    &random_family_entry,      &pattern_family_entry,  &hierarchical_family_entry,
    &conditional_family_entry, &template_family_entry, &composed_family_entry,
    &mixture_family_entry,
};
static_assert(registry.size() + 1 == family_names.size(), "custom stands in no registry");

}  // namespace

std::span<const FamilyEntry* const> families() {
  return registry;
}

const FamilyEntry* find_family(std::string_view name) {
  if (name == custom_family_entry.name) return &custom_family_entry;
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const FamilyEntry* entry) { return entry->name == name; });
  return found == registry.end() ? nullptr : *found;
}

const FamilyEntry& family_of(const Config& config) {
  if (const FamilyEntry* named = find_family(config.generator)) return *named;
  unsigned homes = 0;
  for (const std::string& key : config.given) homes |= find_parameter(key)->home();
  if ((homes & mixture_family) != 0) return mixture_family_entry;
  if ((homes & template_family) != 0) return template_family_entry;
  if ((homes & custom_family) != 0) return custom_family_entry;
  if ((homes & (homes - 1)) != 0) return composed_family_entry;
  for (const FamilyEntry* family : registry) {
    if (homes == family_bit(family->name)) return *family;
  }
  return random_family_entry;
}

}  // namespace synthgen
