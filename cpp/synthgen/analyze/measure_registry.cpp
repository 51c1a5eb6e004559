#include "synthgen/analyze/measure_registry.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::string_view default_measures = "default";
constexpr std::string_view all_measures = "all";

bool stands_for(std::string_view name, const MeasureEntry& entry) {
  if (name == all_measures || (name == default_measures && entry.in_default)) return true;
  return name == entry.name ||
         std::any_of(entry.measures.begin(), entry.measures.end(),
                     [&](const MeasureInfo& measure) { return measure.name == name; });
}

Problem unknown_measure(const std::string& name) {
  std::vector<std::string_view> known{default_measures, all_measures};
  for (const MeasureEntry* entry : measures()) {
    known.push_back(entry->name);
    for (const MeasureInfo& measure : entry->measures) {
      if (measure.name != entry->name) known.push_back(measure.name);
    }
  }
  const std::string near = nearest(name, known);
  const std::string hint = near.empty() ? std::string() : formatted(" (did you mean {}?)", near);
  return {"measures", quoted_start(name), "any of " + joined(known, ", ") + hint};
}

}  // namespace

Result<std::vector<const MeasureEntry*>> selected_measures(const std::vector<std::string>& names) {
  std::vector<Problem> problems;
  const std::span<const MeasureEntry* const> registry = measures();
  std::vector<bool> chosen(registry.size());
  const auto choose = [&](std::string_view name) {
    bool known = name == default_measures || name == all_measures;
    for (std::size_t i = 0; i < registry.size(); ++i) {
      if (!stands_for(name, *registry[i])) continue;
      known = true;
      chosen[i] = true;
    }
    return known;
  };
  if (names.empty()) choose(default_measures);
  for (const std::string& name : names) {
    if (!choose(name)) problems.push_back(unknown_measure(name));
  }
  if (!problems.empty()) return fail(std::move(problems));
  std::vector<const MeasureEntry*> entries;
  for (std::size_t i = 0; i < registry.size(); ++i) {
    if (chosen[i]) entries.push_back(registry[i]);
  }
  return entries;
}

Json measure_table() {
  Json list = Json::array();
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      list.push_back({{"name", measure.name},
                      {"group", entry->name},
                      {"in_default", entry->in_default},
                      {"unit", measure.unit},
                      {"formula", measure.formula},
                      {"range", measure.range},
                      {"source", measure.source}});
    }
  }
  return list;
}

}  // namespace synthgen
