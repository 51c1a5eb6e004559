#include "synthgen/generate/presets.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"

#include <algorithm>
#include <vector>

namespace synthgen {

std::vector<Preset> recall_presets();
std::vector<Preset> source_presets();

namespace {

std::vector<Preset> example_presets() {
  return {{.name = "free-transformer-guide",
           .summary = "Conditions, hierarchy, patterns and noise at once.",
           .config = {{"generator", "composed"},
                      {"pattern_types", {"repetition", "alternation", "progression"}},
                      {"num_conditions", 20},
                      {"condition_tokens", {0, 1, 2}},
                      {"noise_probability", 0.1},
                      {"length_variation", 0.2}},
           .citation = "No paper: an example of this project.",
           .reference =
               "No other code generates this data. The guide's page on the family composed "
               "defines it.",
           .floor = "Not known: composed has no exact law of the next token. The measure "
                    "oracle_bits_per_token is below the floor.",
           .shortcuts = "Token frequencies, the sequence's band and repetition each explain a part "
                        "of the tokens; analyze shows how much."}};
}

}  // namespace

std::span<const Preset> presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> rows = recall_presets();
    for (Preset& preset : source_presets()) rows.push_back(std::move(preset));
    for (Preset& preset : example_presets()) rows.push_back(std::move(preset));
    return rows;
  }();
  return all;
}

const Preset* find_preset(std::string_view name) {
  const auto all = presets();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Preset& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Result<Json> with_preset(std::string_view name, const Json& others) {
  const Preset* preset = find_preset(name);
  if (preset == nullptr) {
    std::vector<std::string_view> names;
    for (const Preset& each : presets()) names.push_back(each.name);
    const Problem problem{"preset", to_text(Json(name)),
                          formatted("one of {}{}", joined(names, ", "), did_you_mean(name, names))};
    return fail({problem});
  }
  Json config = preset->config;
  if (others.is_object()) config.update(others);
  return config;
}

Json preset_table() {
  Json table = Json::array();
  for (const Preset& preset : presets()) {
    Json row = Json::object();
    row["name"] = preset.name;
    row["summary"] = preset.summary;
    row["config"] = preset.config;
    row["citation"] = preset.citation;
    row["reference"] = preset.reference;
    row["floor"] = preset.floor;
    row["shortcuts"] = preset.shortcuts;
    row["counterpart"] = preset.counterpart;
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace synthgen
