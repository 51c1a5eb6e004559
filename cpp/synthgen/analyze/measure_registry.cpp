#include "synthgen/analyze/measure_registry.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::string_view default_measures = "default";
constexpr std::string_view all_measures = "all";

constexpr std::array<std::string_view, 6> kind_names{"number", "counts", "ranking",
                                                     "by_n",   "curve",  "distributions"};
constexpr std::array<std::string_view, 4> expected_names{"never", "by_mean", "by_ratio",
                                                         "by_dataset"};
constexpr std::array<std::string_view, 2> chart_names{"none", "curve"};
constexpr std::array<std::string_view, 3> section_names{"statistics", "quality", "structure"};
constexpr std::array<std::string_view, 3> listed_names{"always", "if_measured", "if_expected"};
constexpr std::array<std::string_view, 4> page_names{"at_once", "after_preview", "of_files",
                                                     "never"};

template <std::size_t size, class Enum>
std::string_view name_in(const std::array<std::string_view, size>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

Json curve_to_json(const Curve& curve) {
  Json lines = Json::array();
  for (const std::string_view line : curve.lines) {
    if (!line.empty()) lines.push_back(line);
  }
  Json object = Json::object();
  object["places"] = curve.places;
  object["lines"] = std::move(lines);
  object["title"] = curve.title;
  object["across"] = curve.across;
  object["up"] = curve.up;
  return object;
}

Json to_json(const MeasureEntry& entry, const MeasureInfo& measure) {
  Json row = Json::object();
  row["name"] = measure.name;
  row["group"] = entry.name;
  row["in_default"] = entry.in_default;
  row["in_page"] = name_in(page_names, entry.in_page);
  row["unit"] = measure.unit;
  row["formula"] = measure.formula;
  row["range"] = measure.range;
  row["source"] = measure.source;
  row["kind"] = name_in(kind_names, measure.kind);
  row["expected"] = name_in(expected_names, measure.expected);
  row["needs_latents"] = measure.needs_latents;
  row["chart"] = name_in(chart_names, measure.chart);
  row["section"] = name_in(section_names, measure.section);
  row["listed"] = name_in(listed_names, measure.listed);
  row["per_sequence"] = measure.per_sequence;
  if (measure.kind == ValueKind::curve) row["curve"] = curve_to_json(measure.curve);
  return row;
}

bool selects(std::string_view name, const MeasureEntry& entry) {
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
      if (!selects(name, *registry[i])) continue;
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

const MeasureInfo* find_measure(std::string_view name) {
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      if (measure.name == name) return &measure;
    }
  }
  return nullptr;
}

Json measure_table() {
  Json list = Json::array();
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) list.push_back(to_json(*entry, measure));
  }
  return list;
}

}  // namespace synthgen
