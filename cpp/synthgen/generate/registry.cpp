#include "synthgen/generate/registry.hpp"

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/families.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array registry{
    &random_family_entry,
    &pattern_family_entry,
};
static_assert(registry.size() == family_names.size());

}  // namespace

std::span<const FamilyEntry* const> families() {
  return registry;
}

const FamilyEntry* find_family(std::string_view name) {
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const FamilyEntry* entry) { return entry->name == name; });
  return found == registry.end() ? nullptr : *found;
}

const FamilyEntry& family_of(const Config& config) {
  if (const FamilyEntry* named = find_family(config.generator)) return *named;
  for (const FamilyEntry* family : registry) {
    for (const Parameter& parameter : parameters()) {
      if (parameter.families != every_family &&
          (parameter.families & family_bit(family->name)) != 0 &&
          config.given.contains(parameter.key)) {
        return *family;
      }
    }
  }
  return random_family_entry;
}

}  // namespace synthgen
