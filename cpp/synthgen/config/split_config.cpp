#include "synthgen/config/split_config.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 7> fixed_keys{"generator", "seed",   "num_train", "num_val",
                                                     "num_test",  "splits", "components"};

bool is_split(std::string_view word) {
  return std::any_of(all_splits.begin(), all_splits.end(),
                     [&](Split split) { return word == name(split); });
}

}  // namespace

Config split_config(const Config& config, Split split, std::vector<Problem>& problems) {
  Config result = config;
  result.splits = Json();
  if (!config.splits.is_object() || !config.splits.contains(name(split))) return result;
  const std::string place = formatted("splits.{}.", name(split));
  const Json& overrides = config.splits[name(split)];
  for (const std::string_view key : fixed_keys) {
    if (overrides.is_object() && overrides.contains(key)) {
      problems.push_back({place + std::string(key), {}, "only keys that describe sequences"});
    }
  }
  for (Problem& problem : set_parameters(result, overrides)) {
    problem.key = place + problem.key;
    problems.push_back(std::move(problem));
  }
  result.given = config.given;  // overrides do not choose the family
  return result;
}

std::vector<Problem> check_splits(const Config& config) {
  std::vector<Problem> problems;
  if (config.splits.is_null()) return problems;
  if (!config.splits.is_object()) {
    return {{"splits", to_text(config.splits).substr(0, 80), "an object of train, val, test"}};
  }
  for (const auto& [key, value] : config.splits.items()) {
    if (!is_split(key))
      problems.push_back({formatted("splits.{}", key), {}, "one of train, val, test"});
  }
  return problems;
}

}  // namespace synthgen
