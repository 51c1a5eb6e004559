#include "synthgen/generate/registry.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/tasks.hpp"

#include <algorithm>
#include <array>

namespace synthgen {

extern const FamilyEntry random_family_entry;
extern const FamilyEntry pattern_family_entry;
extern const FamilyEntry hierarchical_family_entry;
extern const FamilyEntry conditional_family_entry;
extern const FamilyEntry template_family_entry;
extern const FamilyEntry composed_family_entry;
extern const FamilyEntry mixture_family_entry;
extern const FamilyEntry hmm_family_entry;
extern const FamilyEntry markov_family_entry;
extern const FamilyEntry recall_family_entry;
extern const FamilyEntry custom_family_entry;

namespace {

constexpr std::array registry{
    &random_family_entry,      &pattern_family_entry,  &hierarchical_family_entry,
    &conditional_family_entry, &template_family_entry, &composed_family_entry,
    &mixture_family_entry,     &hmm_family_entry,      &markov_family_entry,
    &recall_family_entry,      &custom_family_entry,
};

bool lists(const FamilyEntry& family, std::string_view key) {
  return std::find(family.keys.begin(), family.keys.end(), key) != family.keys.end();
}

/// The family that a key belongs to: the first that lists it; null for a key of all families.
const FamilyEntry* home_of(std::string_view key) {
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const FamilyEntry* family) { return lists(*family, key); });
  return found == registry.end() ? nullptr : *found;
}

/// What a config sets that its family takes at its default only.
std::vector<Problem> check_taken(const FamilyEntry& family, const Config& config) {
  std::vector<Problem> problems;
  for (const std::string_view key : family.untaken) {
    const Parameter& parameter = *find_parameter(key);
    const Json value = parameter.get(config);
    if (value == parameter.default_value) continue;
    problems.push_back(
        {std::string(key), to_text(value),
         formatted("only {} with generator {}", to_text(parameter.default_value), family.name)});
  }
  return problems;
}

MadeSource make_family(const FamilyEntry& family, const Config& config) {
  return is_task(family) ? make_task(family, config) : family.make(config);
}

}  // namespace

std::span<const FamilyEntry* const> families() {
  return registry;
}

std::vector<std::string_view> family_names() {
  std::vector<std::string_view> names;
  for (const FamilyEntry* family : registry) names.push_back(family->name);
  return names;
}

const FamilyEntry* find_family(std::string_view name) {
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const FamilyEntry* entry) { return entry->name == name; });
  return found == registry.end() ? nullptr : *found;
}

const FamilyEntry& family_of(const Config& config) {
  if (const FamilyEntry* named = find_family(config.generator)) return *named;
  const FamilyEntry* meant = nullptr;
  bool several = false;
  for (const std::string& key : config.given) {
    const FamilyEntry* home = home_of(key);
    if (home == nullptr || home == meant || home->claim < 0) continue;
    if (meant == nullptr || home->claim > meant->claim) {
      meant = home;
      several = false;
    } else if (home->claim == meant->claim) {
      several = true;
    }
  }
  if (meant == nullptr) return random_family_entry;
  return several ? composed_family_entry : *meant;
}

bool is_common(std::string_view key) {
  return home_of(key) == nullptr;
}

bool uses(const FamilyEntry& family, std::string_view key) {
  return lists(family, key) || is_common(key);
}

std::vector<Problem> check_content(const Config& config) {
  if (config.vocab_distribution != "zipf" || config.vocab_size <= TokenSampler::max_zipf_size) {
    return {};
  }
  return {{"vocab_size", std::to_string(config.vocab_size),
           formatted("an integer from 2 to {} with vocab_distribution zipf",
                     TokenSampler::max_zipf_size)}};
}

MadeSource make_source(const Config& config) {
  const FamilyEntry& family = family_of(config);
  std::vector<Problem> problems = check_content(config);
  for (Problem& problem : check_taken(family, config)) problems.push_back(std::move(problem));
  if (problems.empty()) return make_family(family, config);
  // The family reports its own problems too, without the distribution that cannot be made.
  Config uniform = config;
  uniform.vocab_distribution = "uniform";
  if (MadeSource source = make_family(family, uniform); !source) {
    std::vector<Problem>& own = source.error().problems;
    problems.insert(problems.begin(), own.begin(), own.end());
  }
  return fail(std::move(problems));
}

Json family_table() {
  Json table = Json::array();
  for (const FamilyEntry* family : registry) {
    if (family == &custom_family_entry) continue;
    Json row = Json::object();
    row["name"] = family->name;
    row["summary"] = family->summary;
    row["example"] = family->example;
    row["is_task"] = is_task(*family);
    row["untaken"] =
        Json(std::vector<std::string_view>(family->untaken.begin(), family->untaken.end()));
    table.push_back(std::move(row));
  }
  return table;
}

Json parameter_table() {
  Json table = Json::array();
  for (const Parameter& parameter : parameters()) {
    Json users = Json::array();
    for (const FamilyEntry* family : registry) {
      if (uses(*family, parameter.key)) users.push_back(family->name);
    }
    Json choices = Json::array();
    for (const Choice& choice : parameter.choices) choices.push_back(choice.name);
    Json row = Json::object();
    row["key"] = parameter.key;
    row["label"] = parameter.label;
    row["type"] = parameter.type();
    row["default"] = parameter.default_value;
    if (parameter.type() == "integer" || parameter.type() == "integers") {
      row["minimum"] = static_cast<std::int64_t>(parameter.minimum);
      row["maximum"] = static_cast<std::int64_t>(parameter.maximum);
    } else if (parameter.type() == "number") {
      row["minimum"] = parameter.minimum;
      row["maximum"] = parameter.maximum;
    } else if (!parameter.choices.empty()) {
      row["choices"] = std::move(choices);
    }
    row["unit"] = parameter.unit;
    row["group"] = parameter.group;
    row["families"] = std::move(users);
    row["scale"] = parameter.scale == Scale::logarithmic ? "logarithmic" : "linear";
    row["help"] = parameter.help;
    row["allowed"] = parameter.allowed();
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace synthgen
